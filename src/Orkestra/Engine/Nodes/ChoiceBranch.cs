using Orkestra.Engine.DataFlow;

namespace Orkestra.Engine.Nodes;

/// <summary>One of the rules that stand directly in <c>Choices</c>.</summary>
internal sealed class ChoiceBranch
{
    internal required Condition Condition { get; init; }

    internal StateNode Next { get; set; } = null!;

    internal AssignTemplate? Assign { get; init; }

    internal Template? Output { get; init; }
}
