namespace Orkestra.Authoring.Nodes;

/// <summary>How branches were written.</summary>
internal enum ParallelKind
{
    /// <summary><c>[a, b]</c>: the first error ends all.</summary>
    List,

    /// <summary><c>(a, b)</c>: each branch gives an outcome.</summary>
    Tuple,

    /// <summary>Several states put together to be retried or caught as one.</summary>
    One,

    /// <summary><c>All(a, b)</c>: as a list, with a type for each output.</summary>
    All,
}
