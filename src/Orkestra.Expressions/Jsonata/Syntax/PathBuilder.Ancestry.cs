using System.Globalization;

namespace Orkestra.Expressions.Jsonata.Syntax;

/// <summary>Finds the step whose input each <c>%</c> names.</summary>
internal sealed partial class PathBuilder
{
    // A label can be no variable's name: names do not hold an exclamation mark.
    SyntaxNode Parent(SyntaxNode node)
    {
        node.Ancestor = new AncestorSlot("!" + (labels++).ToString(CultureInfo.InvariantCulture));
        return node;
    }

    static void Inherit(SyntaxNode result, SyntaxNode value)
    {
        if (value.Seeking is null && value.Kind != SyntaxKind.Parent) return;
        var slots = value.Seeking ?? [];
        if (value.Kind == SyntaxKind.Parent) slots.Add(value.Ancestor!);
        if (result.Seeking is null) result.Seeking = slots;
        else if (!ReferenceEquals(result.Seeking, slots)) result.Seeking.AddRange(slots);
    }

    static void ResolveAncestry(SyntaxNode path)
    {
        var last = path.Items[^1];
        if (last.Seeking is null && last.Kind != SyntaxKind.Parent) return;
        var slots = last.Seeking ?? [];
        if (last.Kind == SyntaxKind.Parent) slots.Add(last.Ancestor!);
        foreach (var slot in slots.ToArray())
        {
            var index = path.Items.Count - 2;
            while (slot.Level > 0)
            {
                if (index < 0)
                {
                    (path.Seeking ??= []).Add(slot);
                    break;
                }

                var step = path.Items[index--];
                // Steps in a row that bind their context all start from the same one.
                while (index >= 0 && step.Focus is not null && path.Items[index].Focus is not null) step = path.Items[index--];
                SeekParent(step, slot);
            }
        }
    }

    static void SeekParent(SyntaxNode node, AncestorSlot slot)
    {
        switch (node.Kind)
        {
            case SyntaxKind.Name or SyntaxKind.Wildcard:
                slot.Level--;
                if (slot.Level != 0) break;
                if (node.Ancestor is not null) slot.Label = node.Ancestor.Label;
                node.Ancestor = slot;
                node.Tuple = true;
                break;
            case SyntaxKind.Parent:
                slot.Level++;
                break;
            case SyntaxKind.Block:
                if (node.Items.Count == 0) break;
                node.Tuple = true;
                SeekParent(node.Items[^1], slot);
                break;
            case SyntaxKind.Path:
                node.Tuple = true;
                var index = node.Items.Count - 1;
                SeekParent(node.Items[index--], slot);
                while (slot.Level > 0 && index >= 0) SeekParent(node.Items[index--], slot);
                break;
            default: throw new JsonataException("S0217", node.Position, NameOf(node));
        }
    }

    static string NameOf(SyntaxNode node) => node.Kind switch
    {
        SyntaxKind.Array or SyntaxKind.Object or SyntaxKind.Negation => "unary",
        SyntaxKind.Default or SyntaxKind.Coalesce => "condition",
        SyntaxKind.Constant => "value",
        _ => node.Kind.ToString().ToLowerInvariant(),
    };
}
