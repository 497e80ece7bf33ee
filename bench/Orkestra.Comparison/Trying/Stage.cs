namespace Orkestra.Comparison.Trying;

/// <summary>What notices a mistake first, the earliest first.</summary>
internal enum Stage
{
    /// <summary>It cannot be made: there is no place to make it, or what is written by hand elsewhere is derived.</summary>
    Impossible,

    /// <summary>The compiler, so the editor too.</summary>
    Compiler,

    /// <summary>An analyzer that comes with the package, so the editor too.</summary>
    Analyzer,

    /// <summary>What makes or checks the definition before it leaves the machine: the compilation of the workflow, synthesis, cfn-lint.</summary>
    Build,

    /// <summary>The service refuses the definition.</summary>
    Deployment,

    /// <summary>A run fails.</summary>
    Run,

    /// <summary>Nothing: the runs end well, with a wrong result or with the right one by luck.</summary>
    Never,
}
