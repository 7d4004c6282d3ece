//! The code of one body of a rule, and what is taken out of it.

use std::collections::{BTreeMap, BTreeSet};

use regorus::Value;
use regorus::rvm::Instruction;
use regorus::rvm::instructions::GuardMode;
use regorus::rvm::program::{Program, RuleType};

use super::registers::{Use, registers};
use crate::mend::RESULT;
use crate::names;

/// Built-ins that give a collection, if anything.
const COLLECTIONS: [&str; 12] = [
    "array.concat",
    "array.slice",
    "numbers.range",
    "object.keys",
    "object.remove",
    "object.union",
    "plangate.tf.blocks",
    "plangate.tf.cause",
    "plangate.tf.causes",
    "plangate.tf.elements",
    "plangate.tf.known",
    "split",
];

/// A body of a rule, with what is done before it.
pub(super) struct Body {
    /// Each instruction, with the old place that it is now at.
    pub(super) code: Vec<(usize, Instruction)>,
    /// The old place of its last.
    pub(super) end: usize,
}

impl Body {
    pub(super) fn read(old: &[Instruction], begin: usize, before: &[Instruction]) -> Result<Self, String> {
        let length = old[begin..]
            .iter()
            .position(|instruction| matches!(instruction, Instruction::RuleReturn {}));
        let end = begin + length.ok_or("a body has no end")?;
        if !matches!(old[begin], Instruction::RuleInit { .. }) {
            return Err("a body does not begin with its rule".to_owned());
        }
        let before = before.iter().map(|instruction| (begin, *instruction));
        let rest = (begin + 1..=end).map(|place| (place, old[place]));
        Ok(Body {
            code: [(begin, old[begin])].into_iter().chain(before).chain(rest).collect(),
            end,
        })
    }

    pub(super) fn trim(&mut self, program: &mut Program, parameters: u8) -> Result<(), String> {
        self.copies(program, parameters)?;
        self.checks_of_collections(program)?;
        self.guards(program)?;
        self.rounds(program);
        self.literals(program)
    }

    fn remove(&mut self, is_removed: impl Fn(usize) -> bool) {
        let mut at = 0;
        self.code.retain(|_| {
            at += 1;
            !is_removed(at - 1)
        });
    }

    /// How often each register is written, and where last.
    fn writes(&self, program: &mut Program) -> Result<BTreeMap<u8, Vec<usize>>, String> {
        let mut writes: BTreeMap<u8, Vec<usize>> = BTreeMap::new();
        for (at, (_, instruction)) in self.code.iter().enumerate() {
            let mut instruction = *instruction;
            registers(program, &mut instruction, &mut |register, how| {
                let places = writes.entry(*register).or_default();
                if how != Use::Reads && places.last() != Some(&at) {
                    places.push(at);
                }
            })?;
        }
        Ok(writes)
    }

    /// Has what reads a copy read what was copied.
    fn copies(&mut self, program: &mut Program, parameters: u8) -> Result<(), String> {
        let writes = self.writes(program)?;
        let count = |register: u8| writes.get(&register).map_or(0, Vec::len);
        let is_parameter = |register: u8| (RESULT + 1..=RESULT + parameters).contains(&register);
        let stays = |register: u8| register != RESULT && count(register) + usize::from(is_parameter(register)) == 1;
        let mut original: BTreeMap<u8, u8> = BTreeMap::new();
        let mut removed = BTreeSet::new();
        for (at, (_, instruction)) in self.code.iter().enumerate() {
            if let Instruction::Move { dest, src } = *instruction
                && stays(dest)
                && !is_parameter(dest)
                && stays(src)
            {
                let src = original.get(&src).copied().unwrap_or(src);
                original.insert(dest, src);
                removed.insert(at);
            }
        }
        self.remove(|at| removed.contains(&at));
        for (_, instruction) in &mut self.code {
            registers(program, instruction, &mut |register, how| {
                if let (Use::Reads, Some(first)) = (how, original.get(register)) {
                    *register = *first;
                }
            })?;
        }
        Ok(())
    }

    /// Takes out the checks of what is a collection, if it is there at all.
    fn checks_of_collections(&mut self, program: &mut Program) -> Result<(), String> {
        let writes = self.writes(program)?;
        let is_collection = |register: u8| match writes.get(&register).map(Vec::as_slice) {
            Some([at]) => gives_collection(program, &self.code[*at].1),
            _ => false,
        };
        let is_needless = |instruction: &Instruction| match *instruction {
            Instruction::BuiltinCall { params_index } => {
                let call = &program.instruction_data.builtin_call_params[usize::from(params_index)];
                let name = &program.builtin_info_table[usize::from(call.builtin_index)].name;
                name == names::COLLECTION && is_collection(call.args[0])
            }
            _ => false,
        };
        let removed: Vec<bool> = self
            .code
            .iter()
            .map(|(_, instruction)| is_needless(instruction))
            .collect();
        self.remove(|at| removed[at]);
        Ok(())
    }

    /// Takes out the guards of what is known to be defined, and the documents that are loaded once more.
    fn guards(&mut self, program: &mut Program) -> Result<(), String> {
        let writes = self.writes(program)?;
        let is_rewritten = |register: u8| writes.get(&register).is_some_and(|places| places.len() > 1);
        let mut removed = BTreeSet::new();
        // By the loops and comprehensions around the code, the registers that are defined from there on, and those that
        // hold a document.
        let mut defined: Vec<BTreeSet<(u8, Holds)>> = vec![BTreeSet::new()];
        for (at, (_, instruction)) in self.code.iter().enumerate() {
            let is_known = |what: (u8, Holds)| defined.iter().any(|known| known.contains(&what));
            let found = match *instruction {
                Instruction::Guard { register, mode } if mode != GuardMode::Not => {
                    if mode == GuardMode::NotUndefined && is_known((register, Holds::Something)) {
                        removed.insert(at);
                    }
                    vec![(register, Holds::Something)]
                }
                // Whatever else is in such a register, it is loaded anew before it is read.
                Instruction::LoadInput { dest } if is_known((dest, Holds::Input)) => {
                    removed.insert(at);
                    continue;
                }
                Instruction::LoadData { dest } if is_known((dest, Holds::Data)) => {
                    removed.insert(at);
                    continue;
                }
                Instruction::LoadInput { dest } => vec![(dest, Holds::Input)],
                Instruction::LoadData { dest } => vec![(dest, Holds::Data)],
                Instruction::Load { dest, .. } | Instruction::LoadBool { dest, .. } | Instruction::Not { dest, .. } => {
                    vec![(dest, Holds::Something)]
                }
                Instruction::LoopStart { params_index } => {
                    let params = &program.instruction_data.loop_params[usize::from(params_index)];
                    vec![(params.key_reg, Holds::Something), (params.value_reg, Holds::Something)]
                }
                Instruction::ComprehensionBegin { params_index } => {
                    let params = &program.instruction_data.comprehension_begin_params[usize::from(params_index)];
                    vec![(params.result_reg, Holds::Something)]
                }
                _ => Vec::new(),
            };
            let mut written = *instruction;
            registers(program, &mut written, &mut |register, how| {
                if how == Use::Writes {
                    let is_other = |(known, _): &(u8, Holds)| known != register;
                    defined.iter_mut().for_each(|known| known.retain(is_other));
                }
            })?;
            let innermost = |defined: &mut Vec<BTreeSet<_>>| {
                if let Some(known) = defined.last_mut() {
                    let stays = |(register, what): &&(u8, Holds)| *what != Holds::Something || !is_rewritten(*register);
                    known.extend(found.iter().filter(stays).copied());
                }
            };
            match instruction {
                // What a loop gives is there within it, and a comprehension's result from its beginning.
                Instruction::LoopStart { .. } => {
                    defined.push(BTreeSet::new());
                    innermost(&mut defined);
                }
                Instruction::ComprehensionBegin { .. } => {
                    innermost(&mut defined);
                    defined.push(BTreeSet::new());
                }
                Instruction::LoopNext { .. } | Instruction::ComprehensionEnd {} => {
                    defined.pop();
                }
                _ => innermost(&mut defined),
            }
        }
        self.remove(|at| removed.contains(&at));
        Ok(())
    }

    /// Takes out the loop of one round around a comprehension in which nothing fails but within loops of its own.
    fn rounds(&mut self, program: &Program) {
        let mut removed = BTreeSet::new();
        // The loops around the code: where each starts, if it is such a loop, and whether something fails right in it.
        let mut open: Vec<(Option<usize>, bool)> = Vec::new();
        for (at, (_, instruction)) in self.code.iter().enumerate() {
            match instruction {
                Instruction::LoopStart { .. } => open.push((self.is_round(program, at).then_some(at), false)),
                Instruction::Guard { .. } => {
                    if let Some((_, fails)) = open.last_mut() {
                        *fails = true;
                    }
                }
                Instruction::LoopNext { .. } => {
                    if let Some((Some(start), false)) = open.pop() {
                        removed.extend([start - 1, start, at]);
                    }
                }
                _ => {}
            }
        }
        self.remove(|at| removed.contains(&at));
    }

    /// Loads the literals that are used in a loop before the outermost.
    fn literals(&mut self, program: &mut Program) -> Result<(), String> {
        let writes = self.writes(program)?;
        let mut code = Vec::with_capacity(self.code.len());
        let mut depth = 0;
        let mut start = 0;
        for (place, instruction) in &self.code {
            match instruction {
                Instruction::LoopStart { .. } => {
                    if depth == 0 {
                        start = code.len();
                    }
                    depth += 1;
                }
                Instruction::LoopNext { .. } => depth -= 1,
                Instruction::Load { dest, .. } if depth > 0 && writes[dest].len() == 1 => {
                    let (place, _): (usize, Instruction) = code[start];
                    code.insert(start, (place, *instruction));
                    continue;
                }
                _ => {}
            }
            code.push((*place, *instruction));
        }
        self.code = code;
        Ok(())
    }

    /// Whether a loop starts here that mending put around what is in a comprehension.
    fn is_round(&self, program: &Program, at: usize) -> bool {
        let Some([(_, begin), (_, load), (_, start)]) = at.checked_sub(2).and_then(|begin| self.code.get(begin..=at))
        else {
            return false;
        };
        let (
            Instruction::ComprehensionBegin { .. },
            Instruction::Load { dest, literal_idx },
            Instruction::LoopStart { params_index },
        ) = (begin, load, start)
        else {
            return false;
        };
        let params = &program.instruction_data.loop_params[usize::from(*params_index)];
        let once = Value::from(vec![Value::Null]);
        params.collection == *dest
            && params.key_reg == params.result_reg
            && params.value_reg == params.result_reg
            && program.literals[usize::from(*literal_idx)] == once
    }

    /// Makes what the body says last in the register of its result. Where no body follows, it may be undefined there.
    pub(super) fn say_at_once(&mut self, program: &mut Program, is_last: bool) {
        let count = self.code.len();
        let Some([(_, made), (_, copy), (_, guard), _]) = count.checked_sub(4).and_then(|at| self.code.get(at..))
        else {
            return;
        };
        let (
            Instruction::Move { dest: RESULT, src },
            Instruction::Guard {
                register: RESULT,
                mode: GuardMode::NotUndefined,
            },
        ) = (copy, guard)
        else {
            return;
        };
        let (src, mut made) = (*src, *made);
        let is_block = matches!(
            made,
            Instruction::LoopNext { .. } | Instruction::ComprehensionEnd {} | Instruction::Guard { .. }
        );
        let mut gives = false;
        let found = registers(program, &mut made, &mut |register, how| {
            gives |= how == Use::Writes && *register == src
        });
        if is_block || found.is_err() || !gives {
            return;
        }
        let renamed = registers(program, &mut made, &mut |register, how| {
            if how == Use::Writes && *register == src {
                *register = RESULT;
            }
        });
        if renamed.is_ok() {
            self.code[count - 4].1 = made;
            let is_there = is_last || matches!(made, Instruction::Load { .. } | Instruction::LoadBool { .. });
            self.remove(|at| at == count - 3 || (is_there && at == count - 2));
        }
    }
}

/// What is known of a register.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Holds {
    Something,
    Input,
    Data,
}

/// Whether what an instruction gives is a collection, if anything.
fn gives_collection(program: &Program, instruction: &Instruction) -> bool {
    match *instruction {
        Instruction::ArrayCreate { .. }
        | Instruction::ComprehensionBegin { .. }
        | Instruction::ObjectCreate { .. }
        | Instruction::SetCreate { .. } => true,
        Instruction::Load { literal_idx, .. } => matches!(
            program.literals[usize::from(literal_idx)],
            Value::Array(_) | Value::Object(_) | Value::Set(_)
        ),
        Instruction::BuiltinCall { params_index } => {
            let call = &program.instruction_data.builtin_call_params[usize::from(params_index)];
            let name = &*program.builtin_info_table[usize::from(call.builtin_index)].name;
            COLLECTIONS.contains(&name)
        }
        Instruction::CallRule { rule_index, .. } => {
            program.rule_infos[usize::from(rule_index)].rule_type != RuleType::Complete
        }
        _ => false,
    }
}
