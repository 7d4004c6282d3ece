//! Who is told where judging has come to, so that the time can be taken outside.

/// Where judging has come to.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Stage<'a> {
    /// The model is built.
    Model,
    /// The policies are compiled, and the model is handed to the engine.
    Compile,
    /// The policies are evaluated.
    Evaluate,
    /// This policy is evaluated.
    Policy(&'a str),
    /// The verdicts are put together.
    Report,
}

/// Who is told where judging has come to. `()` is nobody.
pub trait Watch {
    /// A stage begins, and the one before it is over.
    fn begin(&self, stage: Stage);

    /// Whether policies are evaluated one by one, so that each is a stage. It takes longer, since they share nothing.
    fn by_policy(&self) -> bool {
        false
    }
}

impl Watch for () {
    fn begin(&self, _: Stage) {}
}
