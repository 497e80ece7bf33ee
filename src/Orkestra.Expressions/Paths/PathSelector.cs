using System.Text;
using Orkestra.Expressions.Data;

namespace Orkestra.Expressions.Paths;

/// <summary>One selector of a segment (RFC 9535 section 2.3). Immutable and shared by all evaluations.</summary>
internal abstract class PathSelector
{
    /// <summary>Whether it selects at most one node, which <see cref="Get"/> then gives.</summary>
    internal virtual bool IsDefinite => false;

    /// <summary>Adds the children it selects of a node to the walk's output.</summary>
    internal abstract void Select(JsonValue node, NodeLocation? location, PathWalk walk);

    /// <summary>The one node a definite selector selects; null when there is none.</summary>
    internal virtual JsonValue? Get(JsonValue node) => throw new InvalidOperationException("Only definite selectors give one node.");

    /// <summary>Writes the selector in brackets.</summary>
    internal abstract void Write(StringBuilder output);

    public sealed override string ToString()
    {
        var output = new StringBuilder();
        Write(output);
        return output.ToString();
    }
}
