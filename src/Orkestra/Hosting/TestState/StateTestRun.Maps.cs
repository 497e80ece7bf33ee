using Orkestra.Asl;
using Orkestra.Asl.Maps;
using Orkestra.Engine;
using Orkestra.Engine.DataFlow;
using Orkestra.Engine.Nodes;
using Orkestra.Engine.Runs;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Datasets;

namespace Orkestra.Hosting.TestState;

// Map states: everything around the iterations, whose work is mocked.
internal sealed partial class StateTestRun
{
    ExecutionFailure? Map(MapNode map)
    {
        var input = frame.Effective = EffectiveInput();
        var distributed = map.Distributed;
        var items = distributed?.ReaderResource is null ? ItemsOf(map, input) : ReadItems(distributed, input);
        if (!IsJsonata) seen.AfterItemsPath = items.Values;
        if (map.ItemSelector is { } selector)
            seen.AfterItemSelector = JsonArray.Create(items.Values.Select((item, index) => selector.Evaluate(execution.Evaluation.ForItem(frame, input, index, item, items.OriginOf(index)))));
        if (distributed is { HasBatches: true }) seen.AfterItemBatcher = JsonArray.Create(execution.MapRuns.Batch(frame, map, items).Select(batch => batch.Input));
        seen.MaxConcurrency = map.ConcurrencyOf(execution, frame, input);
        seen.ToleratedFailureCount = distributed?.ToleratedFailureCount?.Evaluate(At(input));
        if (seen.ToleratedFailureCount < 0) throw map.Refusal("ToleratedFailureCount cannot be negative.", "ToleratedFailureCount");
        seen.ToleratedFailurePercentage = distributed?.ToleratedFailurePercentage?.EvaluateNumber(At(input));
        if (seen.ToleratedFailurePercentage is < 0 or > 100) throw map.Refusal("ToleratedFailurePercentage must be between 0 and 100.", "ToleratedFailurePercentage");
        if (request.Mock!.ErrorOutput is null && IsBeyondTolerance(items.Count))
            return new ExecutionFailure(ErrorNames.ExceedToleratedFailureThreshold, "The specified tolerated failure threshold was exceeded");
        return Mocked();
    }

    MapItems ItemsOf(MapNode map, JsonValue input)
    {
        if (IsJsonata) return map.ItemsOf(execution, frame, input);
        var items = map.Items?.Evaluate(At(input)) ?? input;
        if (items is JsonArray || (items is JsonObject && map.Distributed is not null)) return MapItems.Of(items);
        var path = ((MapState)tested.State).ItemsPath.Text ?? "$";
        // The path is told as one from the root it begins at.
        if (path.StartsWith("$$", StringComparison.Ordinal)) path = path[1..];
        throw new EvaluationException(ErrorNames.Runtime, $"Reference path \"{path}\" must point to array.");
    }

    MapItems ReadItems(DistributedMap distributed, JsonValue input)
    {
        var data = request.StateConfiguration?.MapItemReaderData ?? throw RequestRules.NeedsReaderData();
        distributed.ReaderArguments?.Evaluate(At(input));
        var config = distributed.ReaderConfig ?? new ReaderConfig();
        var most = distributed.MaxItems?.Evaluate(At(input)) ?? 0;
        // What a listing or a manifest stands for is given as the items themselves.
        if (config.InputType == "MANIFEST") config = config with { InputType = "JSON" };
        try
        {
            var read = DatasetReader.Parse(data, config, Math.Max(0, most));
            return new MapItems(read.Items, read.Parts);
        }
        catch (DatasetException problem)
        {
            throw new EvaluationException(ErrorNames.ItemReaderFailed, problem.Message);
        }
    }

    // A Map that does not say what it tolerates is taken to end with what the mock says.
    bool IsBeyondTolerance(int items)
    {
        var failed = request.StateConfiguration?.MapIterationFailureCount ?? 0;
        if (failed > items) throw RequestRules.TooManyFailures();
        return (seen.ToleratedFailureCount is not null || seen.ToleratedFailurePercentage is not null)
            && MapRun.IsBeyond(failed, items, seen.ToleratedFailureCount, seen.ToleratedFailurePercentage);
    }
}
