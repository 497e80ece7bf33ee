using System.Globalization;
using System.Text;

namespace Orkestra.Expressions.Paths;

/// <summary>The place of a node, as a chain of names and indexes up to the root.</summary>
internal sealed class NodeLocation
{
    readonly NodeLocation? parent;
    readonly string? name;
    readonly int index;

    NodeLocation(NodeLocation? parent, string? name, int index)
    {
        this.parent = parent;
        this.name = name;
        this.index = index;
    }

    internal static NodeLocation Root { get; } = new(null, null, 0);

    internal NodeLocation Child(string member) => new(this, member, 0);

    internal NodeLocation Child(int element) => new(this, null, element);

    /// <summary>The normalized path (RFC 9535 section 2.7).</summary>
    public override string ToString()
    {
        var steps = new Stack<NodeLocation>();
        for (var at = this; at.parent is not null; at = at.parent) steps.Push(at);
        var output = new StringBuilder("$");
        foreach (var step in steps)
        {
            if (step.name is null) output.Append('[').Append(step.index.ToString(CultureInfo.InvariantCulture)).Append(']');
            else AppendName(output, step.name);
        }

        return output.ToString();
    }

    internal static void AppendName(StringBuilder output, string name)
    {
        output.Append("['");
        foreach (var c in name)
        {
            _ = c switch
            {
                '\'' => output.Append(@"\'"),
                '\\' => output.Append(@"\\"),
                '\b' => output.Append(@"\b"),
                '\f' => output.Append(@"\f"),
                '\n' => output.Append(@"\n"),
                '\r' => output.Append(@"\r"),
                '\t' => output.Append(@"\t"),
                < ' ' => output.Append(CultureInfo.InvariantCulture, $@"\u{(int)c:x4}"),
                _ => output.Append(c),
            };
        }

        output.Append("']");
    }
}
