//! Takes out of mended policies what changes nothing, since the machine's time goes by instructions:
//!
//! - A function's parameters are used where they are, and not copied first by code of its own.
//! - A register that is a copy of another is that other.
//! - What cannot be undefined, or was found to be defined, is not looked at again; what can only be a collection neither.
//! - A comprehension in which nothing fails outside of its loops needs no loop around it.
//! - `input` and `data` are loaded once, and a literal once for all rounds of a loop.
//! - What a body says last is made where its result is.

mod body;
mod registers;

use std::collections::BTreeSet;

use regorus::rvm::Instruction;
use regorus::rvm::program::{Program, RuleType};

use body::Body;

use crate::places::install;

/// Trims the code of a program.
///
/// # Errors
///
/// Where it holds what this does not know.
pub(crate) fn trim(program: &mut Program) -> Result<(), String> {
    ensure_apart(program)?;
    let old = program.instructions.clone();
    let mut new: Vec<Vec<Instruction>> = old.iter().map(|instruction| vec![*instruction]).collect();
    let mut inlined = BTreeSet::new();
    for index in 0..program.rule_infos.len() {
        let rule = &program.rule_infos[index];
        let parameters = rule.function_info.as_ref().map_or(0, |function| function.num_params);
        let parameters = u8::try_from(parameters).map_err(|_| "a function has too many parameters")?;
        let is_complete = rule.rule_type == RuleType::Complete;
        let definitions = rule.definitions.clone();
        for (definition, bodies) in definitions.iter().enumerate() {
            let block = program.rule_infos[index]
                .destructuring_blocks
                .get(definition)
                .copied()
                .flatten();
            let taken_apart = match block {
                Some(begin) => destructuring(&old, begin as usize),
                None => Some(Vec::new()),
            };
            for (place, entry) in bodies.iter().enumerate() {
                let begin = *entry as usize;
                let mut body = Body::read(&old, begin, taken_apart.as_deref().unwrap_or_default())?;
                body.trim(program, parameters)?;
                if is_complete {
                    body.say_at_once(program, place + 1 == bodies.len());
                }
                for list in &mut new[begin..=body.end] {
                    list.clear();
                }
                for (place, instruction) in body.code {
                    new[place].push(instruction);
                }
            }
            if let (Some(begin), Some(_)) = (block, taken_apart) {
                inlined.insert(begin as usize);
                program.rule_infos[index].destructuring_blocks[definition] = None;
            }
        }
    }
    for begin in inlined {
        let length = old[begin..]
            .iter()
            .take_while(|instruction| !is_success(instruction))
            .count();
        for list in &mut new[begin..=begin + length] {
            list.clear();
        }
    }
    relocate(program, new)?;
    // The machine copies what it knows of a rule at each call, and asks for lists that are not there as it asks for these.
    for rule in &mut program.rule_infos {
        if rule.destructuring_blocks.iter().all(Option::is_none) {
            rule.destructuring_blocks.clear();
        }
        // Only a rule that says several things goes by what is an `else`.
        if rule.rule_type == RuleType::Complete || !rule.else_bodies.iter().flatten().any(|is_else| *is_else) {
            rule.else_bodies.clear();
        }
    }
    Ok(())
}

/// That no two instructions have the same parameters, which are changed with them.
fn ensure_apart(program: &Program) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    for instruction in &program.instructions {
        let parameters = match *instruction {
            Instruction::ArrayCreate { params_index } => Some((0, params_index)),
            Instruction::BuiltinCall { params_index } => Some((1, params_index)),
            Instruction::ChainedIndex { params_index } => Some((2, params_index)),
            Instruction::ComprehensionBegin { params_index } => Some((3, params_index)),
            Instruction::FunctionCall { params_index } => Some((4, params_index)),
            Instruction::LoopStart { params_index } => Some((5, params_index)),
            Instruction::ObjectCreate { params_index } => Some((6, params_index)),
            Instruction::SetCreate { params_index } => Some((7, params_index)),
            _ => None,
        };
        if parameters.is_some_and(|parameters| !seen.insert(parameters)) {
            return Err(format!("{instruction:?} shares its parameters"));
        }
    }
    Ok(())
}

fn is_success(instruction: &Instruction) -> bool {
    matches!(instruction, Instruction::DestructuringSuccess {})
}

/// The code that copies and checks a function's parameters, if that can as well be part of each body.
fn destructuring(old: &[Instruction], begin: usize) -> Option<Vec<Instruction>> {
    let code = old[begin..].iter().take_while(|instruction| !is_success(instruction));
    let code: Vec<Instruction> = code.copied().collect();
    let is_plain = |instruction: &Instruction| {
        matches!(
            instruction,
            Instruction::Eq { .. } | Instruction::Guard { .. } | Instruction::Load { .. } | Instruction::Move { .. }
        )
    };
    code.iter().all(is_plain).then_some(code)
}

/// Puts what is at each old place into the program, and has everything that leads to a place lead to where it is now.
fn relocate(program: &mut Program, new: Vec<Vec<Instruction>>) -> Result<(), String> {
    let mut begins = Vec::with_capacity(new.len() + 1);
    let mut length = 0;
    for list in &new {
        begins.push(length);
        length += list.len();
    }
    begins.push(length);
    let moved = |place: u16| begins[usize::from(place)] as u16;
    let mut instructions: Vec<Instruction> = new.into_iter().flatten().collect();
    for instruction in &mut instructions {
        if let Instruction::LoopNext { body_start, loop_end } = instruction {
            (*body_start, *loop_end) = (moved(*body_start), moved(*loop_end));
        }
    }
    for params in &mut program.instruction_data.loop_params {
        (params.body_start, params.loop_end) = (moved(params.body_start), moved(params.loop_end));
    }
    install(program, &begins, instructions)
}
