//! Symbolic links that can't be followed.

/// A symbolic link of a project that can't be followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnresolvedSymlink {
    /// The target as the link has it.
    pub target: String,
    /// The reason.
    pub reason: SymlinkProblem,
}

/// The reason why a symbolic link can't be followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SymlinkProblem {
    /// The target is outside the project.
    Outside,
    /// There's no file or folder at the target.
    Missing,
    /// The link leads back to itself.
    Circular,
}
