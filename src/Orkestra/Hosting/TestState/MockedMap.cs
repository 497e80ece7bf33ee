using System.Diagnostics.CodeAnalysis;
using Orkestra.Asl;
using Orkestra.Asl.Maps;
using Orkestra.Engine;
using Orkestra.Engine.DataFlow;
using Orkestra.Engine.Nodes;
using Orkestra.Engine.Runs;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Datasets;

namespace Orkestra.Hosting.TestState;

/// <summary>A Map state with a mock: the service shows all items, and what each iteration would receive.</summary>
[method: SetsRequiredMembers]
internal sealed class MockedMap(MapState state, MapNode tested, StateTestRequest request, JsonValue? result, InspectionData seen) : MockedNode(tested, request.Mock!, result)
{
    private protected override ExecutionFailure? Evaluate(Execution execution, Frame frame)
    {
        var input = frame.Effective = Flow.IsJsonata ? frame.Input : StateDataFlow.EffectiveInput(execution, frame);
        var distributed = tested.Distributed;
        var evaluation = execution.Evaluation;
        var items = distributed?.ReaderResource is null ? ItemsOf(execution, frame, input) : ReadItems(execution, frame, distributed, input);
        if (!Flow.IsJsonata) seen.AfterItemsPath = items.Values;
        if (tested.ItemSelector is { } selector)
            seen.AfterItemSelector = JsonArray.Create(items.Values.Select((item, index) => selector.Evaluate(evaluation.ForItem(frame, input, index, item, items.OriginOf(index)))));
        if (distributed is { HasBatches: true }) seen.AfterItemBatcher = JsonArray.Create(execution.MapRuns.Batch(frame, tested, items).Select(batch => batch.Input));
        seen.MaxConcurrency = tested.ConcurrencyOf(execution, frame, input);
        (seen.ToleratedFailureCount, seen.ToleratedFailurePercentage) = tested.ToleranceOf(execution, frame, input);
        return HasMockedError || !IsBeyondTolerance(items.Count) ? null : MapRuns.BeyondTolerance();
    }

    MapItems ItemsOf(Execution execution, Frame frame, JsonValue input)
    {
        if (Flow.IsJsonata) return tested.ItemsOf(execution, frame, input);
        var items = tested.Items?.Evaluate(execution.Evaluation.For(frame, input)) ?? input;
        if (items is JsonArray || (items is JsonObject && tested.Distributed is not null)) return MapItems.Of(items);
        var path = state.ItemsPath.Text ?? "$";
        // A path into the Context Object is shown without its first $.
        if (path.StartsWith("$$", StringComparison.Ordinal)) path = path[1..];
        throw new EvaluationException(ErrorNames.Runtime, $"Reference path \"{path}\" must point to array.");
    }

    MapItems ReadItems(Execution execution, Frame frame, DistributedMap distributed, JsonValue input)
    {
        var evaluation = execution.Evaluation;
        distributed.ReaderArguments?.Evaluate(evaluation.For(frame, input));
        var config = distributed.ReaderConfig ?? new ReaderConfig();
        var most = distributed.MaxItems?.Evaluate(evaluation.For(frame, input)) ?? 0;
        // The request has the items themselves, not the files a listing or a manifest names.
        if (config.InputType == "MANIFEST") config = config with { InputType = "JSON" };
        try
        {
            var read = DatasetReader.Parse(request.StateConfiguration!.MapItemReaderData!, config, Math.Max(0, most));
            return new MapItems(read.Items, read.Parts);
        }
        catch (DatasetException problem)
        {
            throw new EvaluationException(ErrorNames.ItemReaderFailed, problem.Message);
        }
    }

    // A Map without a tolerance ends as the mock says.
    bool IsBeyondTolerance(int items)
    {
        var failed = request.StateConfiguration?.MapIterationFailureCount ?? 0;
        if (failed > items) Refusal = RequestRules.TooManyFailures();
        return (seen.ToleratedFailureCount is not null || seen.ToleratedFailurePercentage is not null)
            && MapRun.IsBeyond(failed, items, seen.ToleratedFailureCount, seen.ToleratedFailurePercentage);
    }
}
