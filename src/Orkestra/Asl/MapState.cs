using Orkestra.Asl.Maps;
using Orkestra.Expressions.Data;

namespace Orkestra.Asl;

/// <summary>Does the same for each item of an array or a dataset (https://states-language.net/spec.html#map-state).</summary>
public sealed record MapState : FallibleState
{
    /// <inheritdoc/>
    public override string Type => "Map";

    /// <summary>JSONata: the items, an array with expressions in it or an expression; the state's input when absent.</summary>
    public JsonValue? Items { get; init; }

    /// <summary>JSONPath: where the array of items is found; the effective input when absent.</summary>
    public PathField ItemsPath { get; init; }

    /// <summary>What the input of each iteration is made of.</summary>
    public JsonValue? ItemSelector { get; init; }

    /// <summary>JSONPath: the older name of <see cref="ItemSelector"/>.</summary>
    public JsonValue? Parameters { get; init; }

    /// <summary>Where the items of a distributed Map are read from.</summary>
    public ItemReader? ItemReader { get; init; }

    /// <summary>How the items of a distributed Map are put together in batches.</summary>
    public ItemBatcher? ItemBatcher { get; init; }

    /// <summary>Where the results of a distributed Map are written to.</summary>
    public ResultWriter? ResultWriter { get; init; }

    /// <summary>What is done with each item.</summary>
    public ItemProcessor? ItemProcessor { get; init; }

    /// <summary>The older name of <see cref="ItemProcessor"/>.</summary>
    public ItemProcessor? Iterator { get; init; }

    /// <summary>How many iterations run at the same time: a number, or a JSONata expression; 0, and absent, mean no limit.</summary>
    public JsonValue? MaxConcurrency { get; init; }

    /// <summary>JSONPath: where the number of <see cref="MaxConcurrency"/> is found.</summary>
    public string? MaxConcurrencyPath { get; init; }

    /// <summary>How many items of a distributed Map may fail: a number, or a JSONata expression; 0 when absent.</summary>
    public JsonValue? ToleratedFailureCount { get; init; }

    /// <summary>JSONPath: where the number of <see cref="ToleratedFailureCount"/> is found.</summary>
    public string? ToleratedFailureCountPath { get; init; }

    /// <summary>How many items of a distributed Map may fail, 0 to 100 percent: a number, or a JSONata expression; 0 when absent.</summary>
    public JsonValue? ToleratedFailurePercentage { get; init; }

    /// <summary>JSONPath: where the number of <see cref="ToleratedFailurePercentage"/> is found.</summary>
    public string? ToleratedFailurePercentagePath { get; init; }

    /// <summary>A short name for the Map Run's ARN, at most 40 characters; made up when absent.</summary>
    public string? Label { get; init; }

    /// <summary><see cref="ItemProcessor"/>, or <see cref="Iterator"/> when there is none.</summary>
    public ItemProcessor? Processor => ItemProcessor ?? Iterator;
}
