//! Which registers an instruction uses, and how.

use regorus::rvm::Instruction;
use regorus::rvm::instructions::LiteralOrRegister;
use regorus::rvm::program::Program;

/// How an instruction uses a register.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Use {
    Reads,
    Writes,
    /// It changes what is there.
    Changes,
}

/// Shows each register of an instruction, and how it is used; what is changed is changed in its parameters, too.
pub(super) fn registers(
    program: &mut Program,
    instruction: &mut Instruction,
    show: &mut impl FnMut(&mut u8, Use),
) -> Result<(), String> {
    let data = &mut program.instruction_data;
    match instruction {
        Instruction::Load { dest, .. }
        | Instruction::LoadBool { dest, .. }
        | Instruction::LoadData { dest }
        | Instruction::LoadInput { dest }
        | Instruction::CallRule { dest, .. } => show(dest, Use::Writes),
        Instruction::Move { dest, src } | Instruction::Not { dest, operand: src } => {
            show(src, Use::Reads);
            show(dest, Use::Writes);
        }
        Instruction::IndexLiteral { dest, container, .. } => {
            show(container, Use::Reads);
            show(dest, Use::Writes);
        }
        Instruction::Count { dest, collection } => {
            show(collection, Use::Reads);
            show(dest, Use::Writes);
        }
        Instruction::Add { dest, left, right }
        | Instruction::Sub { dest, left, right }
        | Instruction::Eq { dest, left, right }
        | Instruction::Ne { dest, left, right }
        | Instruction::Lt { dest, left, right }
        | Instruction::Le { dest, left, right }
        | Instruction::Gt { dest, left, right }
        | Instruction::Ge { dest, left, right }
        | Instruction::Index {
            dest,
            container: left,
            key: right,
        }
        | Instruction::Contains {
            dest,
            collection: left,
            value: right,
        } => {
            show(left, Use::Reads);
            show(right, Use::Reads);
            show(dest, Use::Writes);
        }
        Instruction::Guard { register, .. } | Instruction::Return { value: register } => show(register, Use::Reads),
        Instruction::SetAdd { set, value } => {
            show(value, Use::Reads);
            show(set, Use::Changes);
        }
        Instruction::ObjectSet { obj, key, value } => {
            show(key, Use::Reads);
            show(value, Use::Reads);
            show(obj, Use::Changes);
        }
        Instruction::ComprehensionYield { value_reg, key_reg } => {
            show(value_reg, Use::Reads);
            key_reg.iter_mut().for_each(|key| show(key, Use::Reads));
        }
        Instruction::BuiltinCall { params_index } => {
            let params = &mut data.builtin_call_params[usize::from(*params_index)];
            let count = usize::from(params.num_args);
            params.args[..count]
                .iter_mut()
                .for_each(|argument| show(argument, Use::Reads));
            show(&mut params.dest, Use::Writes);
        }
        Instruction::FunctionCall { params_index } => {
            let params = &mut data.function_call_params[usize::from(*params_index)];
            let count = usize::from(params.num_args);
            params.args[..count]
                .iter_mut()
                .for_each(|argument| show(argument, Use::Reads));
            show(&mut params.dest, Use::Writes);
        }
        Instruction::ArrayCreate { params_index } => {
            let params = &mut data.array_create_params[usize::from(*params_index)];
            params.elements.iter_mut().for_each(|element| show(element, Use::Reads));
            show(&mut params.dest, Use::Writes);
        }
        Instruction::SetCreate { params_index } => {
            let params = &mut data.set_create_params[usize::from(*params_index)];
            params.elements.iter_mut().for_each(|element| show(element, Use::Reads));
            show(&mut params.dest, Use::Writes);
        }
        Instruction::ObjectCreate { params_index } => {
            let params = &mut data.object_create_params[usize::from(*params_index)];
            params
                .literal_key_fields
                .iter_mut()
                .for_each(|(_, value)| show(value, Use::Reads));
            for (key, value) in &mut params.fields {
                show(key, Use::Reads);
                show(value, Use::Reads);
            }
            show(&mut params.dest, Use::Writes);
        }
        Instruction::ChainedIndex { params_index } => {
            let params = &mut data.chained_index_params[usize::from(*params_index)];
            show(&mut params.root, Use::Reads);
            for step in &mut params.path_components {
                if let LiteralOrRegister::Register(register) = step {
                    show(register, Use::Reads);
                }
            }
            show(&mut params.dest, Use::Writes);
        }
        Instruction::LoopStart { params_index } => {
            let params = &mut data.loop_params[usize::from(*params_index)];
            show(&mut params.collection, Use::Reads);
            show(&mut params.key_reg, Use::Writes);
            show(&mut params.value_reg, Use::Writes);
            show(&mut params.result_reg, Use::Writes);
        }
        Instruction::ComprehensionBegin { params_index } => {
            let params = &mut data.comprehension_begin_params[usize::from(*params_index)];
            show(&mut params.result_reg, Use::Writes);
            params.collection_reg = params.result_reg;
        }
        Instruction::RuleInit { result_reg, .. } => show(result_reg, Use::Writes),
        Instruction::ComprehensionEnd {}
        | Instruction::DestructuringSuccess {}
        | Instruction::LoopNext { .. }
        | Instruction::RuleReturn {} => {}
        other => return Err(format!("what {other:?} uses is not known")),
    }
    Ok(())
}
