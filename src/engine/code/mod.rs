//! The embedded policies as the build compiled them, run by the engine's machine: a fraction of what it costs to read
//! their Rego and interpret it.
//!
//! The interpreter is the reference. Where the machine would go on in silence past what the interpreter calls an error
//! (a built-in that fails, a rule that says two things), the code says so, and there is no answer from here.

mod names;
mod own;
mod vocabulary;

use std::sync::{Arc, OnceLock};

use regorus::Value;
use regorus::rvm::program::{DeserializationResult, Program};
use regorus::rvm::vm::RegoVM;
use regorus::utils::limits::ExecutionTimerConfig;

pub(super) use names::{ASKED, PACKAGE, RULES};

const CODE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/policies.code"));

/// The code of all embedded policies; none where it cannot be read.
pub(super) fn embedded() -> Option<Arc<Program>> {
    static PROGRAM: OnceLock<Option<Arc<Program>>> = OnceLock::new();
    PROGRAM.get_or_init(|| load().map(Arc::new)).clone()
}

fn load() -> Option<Program> {
    // It is partial in that the built-ins of our own are none of the engine's.
    let (DeserializationResult::Complete(mut program) | DeserializationResult::Partial(mut program)) =
        Program::deserialize_binary(CODE).ok()?;
    program.resolved_builtins = own::resolve(&program.builtin_info_table)?;
    (!program.instructions.is_empty() && !program.literals.is_empty()).then_some(program)
}

/// What the policies say that the input asks for, as a set of pairs; none where the interpreter has to be asked.
pub(super) fn run(program: &Arc<Program>, facts: &Value, input: Value, time: ExecutionTimerConfig) -> Option<Value> {
    let mut machine = RegoVM::new();
    // Its time is limited instead.
    machine.set_max_instructions(usize::MAX);
    machine.set_execution_timer_config(Some(time));
    // As the interpreter has it, values of different types are in an order.
    machine.set_strict_builtin_errors(false);
    machine.load_program(program.clone());
    machine.set_data(facts.clone()).ok()?;
    machine.set_input(input);
    let (said, is_right) = own::watched(|| machine.execute_entry_point_by_index(0));
    said.ok().filter(|_| is_right)
}
