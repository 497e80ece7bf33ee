using Orkestra.Asl;
using Orkestra.Engine.DataFlow;
using Orkestra.Engine.Runs;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine.Nodes;

/// <summary>Map (https://states-language.net/spec.html#map-state).</summary>
internal sealed class MapNode(string name) : FallibleNode(StateKind.Map, name)
{
    internal GraphNode Graph { get; set; } = null!;

    /// <summary>JSONata: Items. JSONPath: ItemsPath. Null for the effective input.</summary>
    internal Template? Items { get; init; }

    /// <summary>ItemSelector, or the older Parameters; null for the item itself.</summary>
    internal Template? ItemSelector { get; init; }

    internal NumberField? MaxConcurrency { get; init; }

    /// <summary>What only a distributed Map has; null for an inline one.</summary>
    internal DistributedMap? Distributed { get; init; }

    internal override void Enter(Execution execution, Frame frame)
    {
        var input = Flow.IsJsonata ? frame.Input : StateDataFlow.EffectiveInput(execution, frame);
        frame.Effective = input;
        if (Distributed is not null)
        {
            execution.MapRuns.Start(frame, this, input);
            return;
        }

        var items = ItemsOf(execution, frame, input).Values;
        var concurrency = ConcurrencyOf(execution, frame, input);
        frame.Last = execution.Record(HistoryEventType.MapStateStarted, frame.Last, null, this, items.Count);
        execution.Branches.StartIterations(frame, items, concurrency);
    }

    /// <summary>The items that come from the state's data: an array or, in a distributed Map, also the members of an object.</summary>
    internal MapItems ItemsOf(Execution execution, Frame frame, JsonValue input)
    {
        var items = Items is null ? input : Items.Evaluate(execution.Evaluation.For(frame, input));
        if (items is JsonArray || (items is JsonObject && Distributed is not null && execution.Start.IsMeasured)) return MapItems.Of(items);
        // AWS says so in either language, and tells of it as of an evaluation that failed.
        throw new EvaluationException(ErrorNames.QueryEvaluationError, $"Map state input must be an array but was: {items.ToJson()}");
    }

    internal int ConcurrencyOf(Execution execution, Frame frame, JsonValue input)
    {
        if (MaxConcurrency is null) return 0;
        var concurrency = MaxConcurrency.Evaluate(execution.Evaluation.For(frame, input));
        if (concurrency < 0) throw Refusal("MaxConcurrency cannot be negative.", "MaxConcurrency");
        return (int)Math.Min(concurrency, int.MaxValue);
    }

    /// <summary>How many children of a distributed Map may fail, and how many in percent; null where the state does not say.</summary>
    internal (long? Count, double? Percentage) ToleranceOf(Execution execution, Frame frame, JsonValue input)
    {
        var count = Distributed?.ToleratedFailureCount?.Evaluate(execution.Evaluation.For(frame, input));
        if (count < 0) throw Refusal("ToleratedFailureCount cannot be negative.", "ToleratedFailureCount");
        var percentage = Distributed?.ToleratedFailurePercentage?.EvaluateNumber(execution.Evaluation.For(frame, input));
        if (percentage is < 0 or > 100) throw Refusal("ToleratedFailurePercentage must be between 0 and 100.", "ToleratedFailurePercentage");
        return (count, percentage);
    }

    /// <summary>A value the language refuses: an evaluation error in JSONata, fatal in JSONPath.</summary>
    internal EvaluationException Refusal(string message, string field) =>
        Flow.IsJsonata ? new(ErrorNames.QueryEvaluationError, message, field) : new(ErrorNames.Runtime, message);

    internal override void Resume(Execution execution, Frame frame)
    {
        if (Distributed is not null)
        {
            execution.MapRuns.Finish(frame);
            return;
        }

        var result = JsonArray.Wrap(frame.FanOut!.Results);
        frame.FanOut = null;
        CompleteAfter(execution.Record(HistoryEventType.MapStateSucceeded, frame.Last, null, this), execution, frame, result);
    }
}
