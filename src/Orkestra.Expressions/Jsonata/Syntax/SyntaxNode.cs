using System.Runtime.CompilerServices;
using Orkestra.Expressions.Jsonata.Functions;

namespace Orkestra.Expressions.Jsonata.Syntax;

/// <summary>
/// A node of the syntax tree. The parser builds it and <see cref="PathBuilder"/> turns chains of operators into paths; which members are used depends on
/// <see cref="Kind"/>.
/// </summary>
internal sealed class SyntaxNode(SyntaxKind kind, string text, int position)
{
    // Shared by all nodes without items; never added to.
    static readonly List<SyntaxNode> None = [];

    List<SyntaxNode>? items;

    internal SyntaxKind Kind { get; set; } = kind;

    /// <summary>The operator, name, variable, literal or regex.</summary>
    internal string Text { get; } = text;

    /// <summary>The offset just after the token that made this node.</summary>
    internal int Position { get; } = position;

    internal double Number { get; set; }

    /// <summary>Left operand; tested condition; pattern of a transform; procedure of a call; body of a lambda.</summary>
    internal SyntaxNode? Left { get; set; }

    /// <summary>Right operand; then-branch; update of a transform.</summary>
    internal SyntaxNode? Right { get; set; }

    /// <summary>Else-branch; deletions of a transform.</summary>
    internal SyntaxNode? Third { get; set; }

    /// <summary>Elements, expressions of a block, arguments, parameters, steps.</summary>
    internal List<SyntaxNode> Items => items ?? None;

    internal GroupingSyntax? Group { get; set; }

    internal List<SortTerm>? Terms { get; set; }

    internal Signature? Signature { get; set; }

    internal List<Stage>? Predicates { get; set; }

    internal List<Stage>? Stages { get; set; }

    internal bool KeepArray { get; set; }

    internal bool KeepSingletonArray { get; set; }

    internal bool ConsArray { get; set; }

    /// <summary>The step yields tuples, because something binds to or looks up from its context.</summary>
    internal bool Tuple { get; set; }

    /// <summary>The call is the last thing its function does.</summary>
    internal bool TailCall { get; set; }

    internal string? Focus { get; set; }

    internal string? Index { get; set; }

    /// <summary>The slot a step's input is remembered in for a later <c>%</c>; for a <c>%</c> itself, the slot it reads.</summary>
    internal AncestorSlot? Ancestor { get; set; }

    /// <summary>The <c>%</c> inside this node that have not found their step yet.</summary>
    internal List<AncestorSlot>? Seeking { get; set; }

    /// <summary>How deep the tree below this node is.</summary>
    internal int Height { get; set; } = 1;

    internal void AddItem(SyntaxNode item) => (items ??= new List<SyntaxNode>(4)).Add(item);

    internal void AddItems(List<SyntaxNode> more)
    {
        foreach (var item in more) AddItem(item);
    }

    /// <summary>Sees that this thread's stack reaches further; where it does not, all is read again on a larger one.</summary>
    internal static void CheckStack() => RuntimeHelpers.EnsureSufficientExecutionStack();

    internal bool IsBinary(string op) => Kind == SyntaxKind.Binary && Text == op;
}
