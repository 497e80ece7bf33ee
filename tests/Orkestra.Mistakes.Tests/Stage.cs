namespace Orkestra.Mistakes.Tests;

/// <summary>What refuses a mistake, the earliest first.</summary>
public enum Stage
{
    /// <summary>It does not compile; an analyzer may add a sentence of its own.</summary>
    Compiler,

    /// <summary>An analyzer warns.</summary>
    Analyzer,

    /// <summary>An analyzer gives a hint: the code may be right.</summary>
    Hint,

    /// <summary>The workflow is refused when it is compiled to its document, before anything runs.</summary>
    Compilation,

    /// <summary>Only a run can know: it fails with a sentence.</summary>
    Run,

    /// <summary>Nothing refuses it.</summary>
    Nothing,
}
