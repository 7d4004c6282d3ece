//! Mends compiled policies: what the engine's compiler leaves out, without which they would say something else than its
//! interpreter, and what says so where they still would.
//!
//! Seen in regorus 0.14.1, each by comparing every rule of every policy with the interpreter:
//!
//! - An undefined value is assigned and handed on as one; so it is guarded here.
//! - A condition that fails in a comprehension without a loop ends a round of the loop around it; so each comprehension
//!   gets a loop, of one round.
//! - A body in which a loop finds nothing counts as one that holds, so its `else` is not asked; here it fails. Of a loop
//!   that gives several values the last counts, were it undefined; here that round is passed over.
//! - What a function calls `_` may be undefined; here it may not.
//! - `input` and `data` are loaded where they are first named, and taken for loaded where that was passed over.
//! - Loops over what is no collection, wrong types in arithmetic, two values for one key, and two values of one rule are
//!   no error; here they are told, and the interpreter decides.

use std::collections::BTreeMap;

use regorus::Value;
use regorus::rvm::Instruction;
use regorus::rvm::instructions::{BuiltinCallParams, GuardMode, LoopMode, LoopStartParams};
use regorus::rvm::program::{BuiltinInfo, Program, RuleType};

use crate::names;
use crate::places::install;

/// The register that a rule's result is in.
pub(crate) const RESULT: u8 = 0;

/// Mends the code of a program, and takes out what is only there to be read by people.
///
/// # Errors
///
/// Where it holds what this does not know, or has become too long.
pub(crate) fn mend(program: &mut Program) -> Result<(), String> {
    let old = std::mem::take(&mut program.instructions);
    let mut code = Code {
        round: literal(program, Value::from(vec![Value::Null]))?,
        before: vec![Vec::new(); old.len()],
        after: vec![Vec::new(); old.len()],
        rounds: BTreeMap::new(),
        scratches: BTreeMap::new(),
        program,
    };
    code.guard_and_loop(&old)?;
    code.guard_parameters(&old);
    code.compare_values(&old)?;
    code.write(&old)?;
    program.instruction_spans.clear();
    program.sources.clear();
    program.rule_tree = Value::new_object();
    for rule in &mut program.rule_infos {
        rule.name.clear();
        if let Some(function) = &mut rule.function_info {
            function.param_names.clear();
        }
    }
    Ok(())
}

struct Code<'p> {
    program: &'p mut Program,
    /// By old place, what goes before and after it.
    before: Vec<Vec<Instruction>>,
    after: Vec<Vec<Instruction>>,
    /// By its parameters, where the comprehension begins and ends that a loop of one round goes around.
    rounds: BTreeMap<u16, (usize, usize)>,
    /// The literal that such a loop goes over.
    round: u16,
    /// By rule, the register that only what is added here uses.
    scratches: BTreeMap<usize, u8>,
}

impl Code<'_> {
    fn guard_and_loop(&mut self, old: &[Instruction]) -> Result<(), String> {
        // The comprehensions around the code: the parameters of the loop of each, and the register of its result.
        let mut open: Vec<(u16, u8)> = Vec::new();
        // Where the body begins that the code is in, and of which rule it is.
        let mut body = None;
        let mut is_complete = false;
        for (at, instruction) in old.iter().enumerate() {
            match *instruction {
                Instruction::RuleInit { rule_index, .. } => {
                    let rule = usize::from(rule_index);
                    body = Some((at, rule));
                    is_complete = self.program.rule_infos[rule].rule_type == RuleType::Complete;
                }
                Instruction::RuleReturn {} => {
                    body = None;
                    self.before[at].extend(is_complete.then(|| guard(RESULT)));
                }
                Instruction::Move { dest, .. } if dest != RESULT && !is_guard(old.get(at + 1), dest) => {
                    self.after[at].push(guard(dest));
                }
                Instruction::LoadInput { .. } | Instruction::LoadData { .. } => {
                    let (begin, _) = body.ok_or("a document is loaded outside of rules")?;
                    self.after[begin].push(*instruction);
                }
                Instruction::ObjectSet { obj, key, value } => {
                    let (_, rule) = body.ok_or("an object is made outside of rules")?;
                    let scratch = self.scratch(rule)?;
                    let fresh = self.fresh(scratch, obj, key, value);
                    self.before[at].extend([guard(key), guard(value)]);
                    self.before[at].extend(fresh);
                }
                Instruction::Add { dest, left, right } => {
                    let check = self.call(names::NUMBERS, dest, &[left, right]);
                    self.before[at].push(check);
                }
                Instruction::Sub { dest, left, right } => {
                    let check = self.call(names::NUMBERS_OR_SETS, dest, &[left, right]);
                    self.before[at].push(check);
                }
                Instruction::LoopStart { params_index } => {
                    let params = &self.program.instruction_data.loop_params[usize::from(params_index)];
                    // The result's register is free until the loop starts.
                    let (collection, dest) = (params.collection, params.result_reg);
                    let check = self.call(names::COLLECTION, dest, &[collection]);
                    self.before[at].push(check);
                }
                Instruction::ComprehensionBegin { params_index } => {
                    let place = usize::from(params_index);
                    let begun = self.program.instruction_data.comprehension_begin_params[place].clone();
                    if begun.collection_reg != begun.result_reg {
                        return Err("a comprehension that goes over a collection by itself".to_owned());
                    }
                    // Both registers are of a comprehension of that other kind, so free.
                    let (collection, item) = (begun.value_reg, begun.key_reg);
                    let index = self.program.add_loop_params(LoopStartParams {
                        mode: LoopMode::ForEach,
                        collection,
                        key_reg: item,
                        value_reg: item,
                        result_reg: item,
                        body_start: 0,
                        loop_end: 0,
                    });
                    let literal_idx = self.round;
                    let dest = collection;
                    self.after[at].extend([
                        Instruction::Load { dest, literal_idx },
                        Instruction::LoopStart { params_index: index },
                    ]);
                    self.rounds.insert(index, (at, at));
                    open.push((index, begun.result_reg));
                }
                Instruction::ComprehensionYield { value_reg, key_reg } => {
                    self.before[at].push(guard(value_reg));
                    if let Some(key) = key_reg {
                        let (_, rule) = body.ok_or("an object is made outside of rules")?;
                        let (_, object) = *open.last().ok_or("a yield outside of comprehensions")?;
                        let scratch = self.scratch(rule)?;
                        let fresh = self.fresh(scratch, object, key, value_reg);
                        self.before[at].push(guard(key));
                        self.before[at].extend(fresh);
                    }
                }
                Instruction::ComprehensionEnd {} => {
                    let (index, _) = open.pop().ok_or("the end of no comprehension")?;
                    let next = Instruction::LoopNext {
                        body_start: 0,
                        loop_end: 0,
                    };
                    self.before[at].push(next);
                    self.rounds.entry(index).and_modify(|round| round.1 = at);
                }
                ref known if is_known(known) => {}
                ref other => return Err(format!("{other:?} is not known to be right")),
            }
        }
        Ok(())
    }

    /// Functions: guards the parameters that nothing takes apart.
    fn guard_parameters(&mut self, old: &[Instruction]) {
        for rule in &self.program.rule_infos {
            let Some(function) = &rule.function_info else { continue };
            for block in rule.destructuring_blocks.iter().flatten() {
                let begin = *block as usize;
                let is_bound = |parameter: u8| {
                    old[begin..]
                        .iter()
                        .take_while(|instruction| !matches!(instruction, Instruction::DestructuringSuccess {}))
                        .any(|instruction| matches!(instruction, Instruction::Move { src, .. } if *src == parameter))
                };
                // They are in the registers after the result's.
                let parameters = (RESULT + 1..).take(function.num_params as usize);
                self.before[begin].extend(parameters.filter(|parameter| !is_bound(*parameter)).map(guard));
            }
        }
    }

    /// Rules that may say several things, by their definitions or in a loop: has them tell where two differ, and passes
    /// over what is undefined.
    fn compare_values(&mut self, old: &[Instruction]) -> Result<(), String> {
        for index in 0..self.program.rule_infos.len() {
            let rule = &self.program.rule_infos[index];
            if rule.rule_type != RuleType::Complete || rule.early_exit_on_first_success {
                continue;
            }
            let definitions = rule.definitions.clone();
            let values = definitions
                .iter()
                .flatten()
                .flat_map(|body| values(old, *body as usize));
            let values = Vec::from_iter(values);
            if definitions.len() < 2 && !values.iter().any(|value| value.varies) {
                continue;
            }
            let block = rule.destructuring_blocks.first().copied().flatten();
            let scratch = self.scratch(index)?;
            let load = Instruction::Load {
                dest: scratch,
                literal_idx: literal(self.program, Value::from(index as u64))?,
            };
            let forget = self.call(names::BEGIN, scratch, &[scratch]);
            match block {
                Some(begin) => self.before[begin as usize].splice(0..0, [load, forget]),
                // A body begins with what says of which rule it is.
                None => self.after[definitions[0][0] as usize].splice(0..0, [load, forget]),
            };
            for value in values {
                let same = self.call(names::SAME, scratch, &[scratch, value.register]);
                self.before[value.at].extend([guard(value.register), load, same]);
            }
        }
        Ok(())
    }

    /// The register of a rule that nothing else uses.
    fn scratch(&mut self, rule: usize) -> Result<u8, String> {
        if let Some(register) = self.scratches.get(&rule) {
            return Ok(*register);
        }
        let info = &mut self.program.rule_infos[rule];
        let register = info.num_registers;
        info.num_registers = register.checked_add(1).ok_or("a rule has no register left")?;
        self.program.max_rule_window_size = self.program.max_rule_window_size.max(info.num_registers);
        self.scratches.insert(rule, register);
        Ok(register)
    }

    /// Checks that an object has no other value for a key.
    fn fresh(&mut self, scratch: u8, object: u8, key: u8, value: u8) -> [Instruction; 2] {
        [
            self.call(names::FRESH, scratch, &[object, key, value]),
            self.call(names::LET_GO, scratch, &[key]),
        ]
    }

    fn call(&mut self, name: &str, dest: u8, arguments: &[u8]) -> Instruction {
        let table = &mut self.program.builtin_info_table;
        let known = table.iter().position(|builtin| builtin.name == name);
        let builtin_index = known.unwrap_or_else(|| {
            table.push(BuiltinInfo {
                name: name.to_owned(),
                num_args: arguments.len() as u16,
            });
            table.len() - 1
        });
        let mut args = [0; 8];
        args[..arguments.len()].copy_from_slice(arguments);
        let params_index = self.program.add_builtin_call_params(BuiltinCallParams {
            dest,
            builtin_index: builtin_index as u16,
            num_args: arguments.len() as u8,
            args,
        });
        Instruction::BuiltinCall { params_index }
    }

    /// Writes the code anew, and has everything that leads to a place lead to where it is now.
    fn write(mut self, old: &[Instruction]) -> Result<(), String> {
        // By old place, where it begins with what goes before it, and where it is itself.
        let (mut begins, mut is_at) = (Vec::new(), Vec::new());
        let mut new = Vec::new();
        for (at, instruction) in old.iter().enumerate() {
            begins.push(new.len());
            new.append(&mut self.before[at]);
            is_at.push(new.len());
            new.push(*instruction);
            new.append(&mut self.after[at]);
        }
        begins.push(new.len());
        let short = |place: usize| place as u16;
        let moved = |place: u16| short(begins[usize::from(place)]);
        let program = self.program;
        for (index, params) in program.instruction_data.loop_params.iter_mut().enumerate() {
            let next = match self.rounds.get(&short(index)) {
                Some((begin, end)) => {
                    // After the comprehension's beginning: the collection, the loop's start, the body.
                    params.body_start = short(is_at[*begin] + 3);
                    params.loop_end = short(is_at[*end]);
                    is_at[*end] - 1
                }
                None => {
                    let end = params.loop_end;
                    params.body_start = moved(params.body_start);
                    params.loop_end = moved(end);
                    is_at[usize::from(end) - 1]
                }
            };
            match &mut new[next] {
                Instruction::LoopNext { body_start, loop_end } => {
                    (*body_start, *loop_end) = (params.body_start, params.loop_end);
                }
                other => return Err(format!("a loop ends in {other:?}")),
            }
        }
        install(program, &begins, new)
    }
}

/// What a body says at one place of it.
struct Said {
    at: usize,
    register: u8,
    /// Whether it may be something else, or undefined, in another round of a loop.
    varies: bool,
}

/// All that the body says that begins at a place.
fn values(old: &[Instruction], begin: usize) -> Vec<Said> {
    let mut values = Vec::new();
    let mut loops = 0;
    for (at, instruction) in old.iter().enumerate().skip(begin) {
        match *instruction {
            Instruction::LoopStart { .. } => loops += 1,
            Instruction::LoopNext { .. } => loops -= 1,
            Instruction::RuleReturn {} => break,
            Instruction::Move { dest: RESULT, src } => {
                let is_constant = matches!(
                    old[at - 1],
                    Instruction::Load { dest, .. } | Instruction::LoadBool { dest, .. } if dest == src
                );
                values.push(Said {
                    at,
                    register: src,
                    varies: loops > 0 && !is_constant,
                });
            }
            _ => {}
        }
    }
    values
}

fn guard(register: u8) -> Instruction {
    Instruction::Guard {
        register,
        mode: GuardMode::NotUndefined,
    }
}

fn is_guard(instruction: Option<&Instruction>, guarded: u8) -> bool {
    matches!(
        instruction,
        Some(Instruction::Guard { register, mode: GuardMode::NotUndefined }) if *register == guarded
    )
}

/// Whether an instruction does what the interpreter does, as it stands.
fn is_known(instruction: &Instruction) -> bool {
    matches!(
        instruction,
        Instruction::ArrayCreate { .. }
            | Instruction::BuiltinCall { .. }
            | Instruction::CallRule { .. }
            | Instruction::ChainedIndex { .. }
            | Instruction::Contains { .. }
            | Instruction::Count { .. }
            | Instruction::DestructuringSuccess {}
            | Instruction::Eq { .. }
            | Instruction::FunctionCall { .. }
            | Instruction::Ge { .. }
            | Instruction::Gt { .. }
            | Instruction::Guard { .. }
            | Instruction::Index { .. }
            | Instruction::IndexLiteral { .. }
            | Instruction::Le { .. }
            | Instruction::Load { .. }
            | Instruction::LoadBool { .. }
            | Instruction::LoopNext { .. }
            | Instruction::Lt { .. }
            | Instruction::Move { .. }
            | Instruction::Ne { .. }
            | Instruction::Not { .. }
            | Instruction::ObjectCreate { .. }
            | Instruction::Return { .. }
            | Instruction::SetAdd { .. }
            | Instruction::SetCreate { .. }
    )
}

fn literal(program: &mut Program, value: Value) -> Result<u16, String> {
    u16::try_from(program.add_literal(value)).map_err(|_| "there are too many literals".to_owned())
}
