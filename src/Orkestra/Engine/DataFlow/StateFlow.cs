namespace Orkestra.Engine.DataFlow;

/// <summary>What becomes of a state's input and result, in either query language. Fields that a language does not have are absent.</summary>
internal sealed class StateFlow
{
    internal static StateFlow PlainJsonPath { get; } = new();

    internal bool IsJsonata { get; init; }

    /// <summary>JSONPath: what part of the input the state works on; null for all of it.</summary>
    internal Template? InputPath { get; init; }

    /// <summary>JSONPath: a payload template over the result.</summary>
    internal Template? ResultSelector { get; init; }

    /// <summary>JSONPath: where the result goes.</summary>
    internal ResultPlacement ResultPath { get; init; } = ResultPlacement.Replace;

    /// <summary>JSONPath: what part of the result goes out; null for all of it.</summary>
    internal Template? OutputPath { get; init; }

    /// <summary>JSONata: the output; null for the result.</summary>
    internal Template? Output { get; init; }

    /// <summary>The variables to set.</summary>
    internal AssignTemplate? Assign { get; init; }

    /// <summary>Whether a result passes as it is and no variable is set.</summary>
    internal bool IsPlain => ResultSelector is null && OutputPath is null && Output is null && Assign is null && ReferenceEquals(ResultPath, ResultPlacement.Replace);
}
