namespace Orkestra.Authoring.Nodes;

/// <summary>Text of a node that a method call can follow.</summary>
internal static class Parenthesised
{
    public static string Text(FlowNode node) => node is SequenceNode ? $"({node})" : node.ToString()!;
}
