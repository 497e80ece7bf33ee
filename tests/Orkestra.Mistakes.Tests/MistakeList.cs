using Orkestra.Mistakes.Tests.Kinds;

namespace Orkestra.Mistakes.Tests;

/// <summary>All mistakes.</summary>
public static class MistakeList
{
    public static IReadOnlyList<Mistake> All { get; } =
        [.. CompositionMistakes.All, .. BranchMistakes.All, .. StepMistakes.All, .. PayloadMistakes.All, .. ExpressionMistakes.All, .. TimeMistakes.All, .. ProgramMistakes.All, .. FurtherMistakes.All, .. FormMistakes.All, .. LostMistakes.All, .. CloudMistakes.All, .. CodeMistakes.All];
}
