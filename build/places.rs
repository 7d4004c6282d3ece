//! Where the code of a program is, once some has been put into it or taken out of it.

use regorus::Rc;
use regorus::rvm::Instruction;
use regorus::rvm::program::Program;

/// Gives a program its code anew, of which each old place now begins at one of `begins`, and has the comprehensions, the
/// rules and the entries that lead to a place lead to where it is now. Loops are for the caller.
///
/// # Errors
///
/// Where the code has become too long.
pub(crate) fn install(program: &mut Program, begins: &[usize], code: Vec<Instruction>) -> Result<(), String> {
    if code.len() > Program::MAX_INSTRUCTIONS {
        return Err(format!("{} instructions are more than a program may have", code.len()));
    }
    let moved = |place: u16| begins[usize::from(place)] as u16;
    for params in &mut program.instruction_data.comprehension_begin_params {
        params.body_start = moved(params.body_start);
        params.comprehension_end = moved(params.comprehension_end);
    }
    for rule in &mut program.rule_infos {
        let definitions = rule.definitions.iter();
        let definitions = definitions.map(|bodies| bodies.iter().map(|body| begins[*body as usize] as u32).collect());
        rule.definitions = Rc::new(definitions.collect());
        for block in rule.destructuring_blocks.iter_mut().flatten() {
            *block = begins[*block as usize] as u32;
        }
    }
    for place in program.entry_points.values_mut() {
        *place = begins[*place];
    }
    program.main_entry_point = begins[program.main_entry_point as usize] as u32;
    program.instructions = code;
    Ok(())
}
