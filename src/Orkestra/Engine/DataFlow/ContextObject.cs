using Orkestra.Asl;
using Orkestra.Engine.Nodes;
using Orkestra.Engine.Runs;
using Orkestra.Engine.Signals;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine.DataFlow;

/// <summary>The Context Object (https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html). What does not change is made once.</summary>
internal sealed class ContextObject(Execution execution)
{
    static readonly JsonShape ExecutionShape = new(["Id", "Input", "Name", "RoleArn", "StartTime", "RedriveCount"]);
    static readonly JsonShape ExpressShape = new(["Id", "Input", "Name", "RoleArn", "StartTime"]);
    static readonly JsonShape MachineShape = new(["Id", "Name"]);
    static readonly JsonShape MapShape = new(["Item"]);
    static readonly JsonShape ItemShape = new(["Index", "Value"]);
    static readonly JsonShape SourcedShape = new(["Index", "Value", "Source"]);
    static readonly JsonShape KeyedShape = new(["Index", "Key", "Value", "Source"]);
    static readonly JsonShape TaskShape = new(["Token"]);
    static readonly JsonShape StateShape = new(["EnteredTime", "Name"]);
    static readonly JsonShape FallibleShape = new(["EnteredTime", "Name", "RetryCount"]);

    JsonObject? ofExecution;
    JsonObject? ofMachine;
    int redriveCount;

    /// <summary>What an evaluation sees as the Context Object.</summary>
    /// <param name="frame">The frame whose state is evaluated.</param>
    /// <param name="item">The item whose input is being selected, with its index; null outside of an ItemSelector.</param>
    /// <param name="index">The index of the item.</param>
    /// <param name="origin">Where the item comes from.</param>
    internal JsonObject For(Frame frame, JsonValue? item, int index, ItemOrigin origin)
    {
        var current = item is not null ? ItemOf(index, item, origin) : CurrentItem(frame);
        if (execution.Observer?.Context is { } given) return current is null ? given : given.With("Map", JsonObject.Wrap(MapShape, [current]));
        var context = new JsonObject.Builder(5);
        context.Set("Execution", OfExecution());
        context.Set("StateMachine", ofMachine ??= JsonObject.Wrap(MachineShape, [execution.Start.Machine.StateMachineArn, execution.Start.Machine.Name]));
        var entered = Timestamps.ToJson(frame.EnteredAt);
        context.Set("State", frame.State is FallibleNode
            ? JsonObject.Wrap(FallibleShape, [entered, JsonString.Create(frame.State.Name), JsonNumber.Create(frame.RetryCount)])
            : JsonObject.Wrap(StateShape, [entered, JsonString.Create(frame.State.Name)]));
        if (execution.Tasks.TokenInContext(frame) is { } token) context.Set("Task", JsonObject.Wrap(TaskShape, [token]));
        if (current is not null) context.Set("Map", JsonObject.Wrap(MapShape, [current]));
        return context.Build();
    }

    JsonObject OfExecution()
    {
        if (ofExecution is not null && redriveCount == execution.RedriveCount) return ofExecution;
        redriveCount = execution.RedriveCount;
        var start = execution.Start;
        var started = Timestamps.ToJson(execution.StartedAt);
        return ofExecution = start.Type == StateMachineType.Express
            ? JsonObject.Wrap(ExpressShape, [execution.Arn, start.Input, execution.Name, start.Machine.RoleArn, started])
            : JsonObject.Wrap(ExecutionShape, [execution.Arn, start.Input, execution.Name, start.Machine.RoleArn, started, redriveCount]);
    }

    JsonObject ItemOf(int index, JsonValue item, ItemOrigin origin)
    {
        if (origin.Source is not { } source || !execution.Start.IsMeasured) return JsonObject.Wrap(ItemShape, [JsonNumber.Create(index), item]);
        return origin.HasKeys && item is JsonObject { Count: 2 } member
            ? JsonObject.Wrap(KeyedShape, [JsonNumber.Create(index), member.Values[0], member.Values[1], JsonString.Create(source)])
            : JsonObject.Wrap(SourcedShape, [JsonNumber.Create(index), item, JsonString.Create(source)]);
    }

    // The nearest Map around this frame, or around the execution.
    JsonObject? CurrentItem(Frame at)
    {
        for (var frame = at; frame is not null; frame = frame.Parent)
        {
            if (frame.Item is { } item) return ItemOf(frame.Index, item, ItemOrigin.OfState);
        }

        return execution.Start.MapItem;
    }
}
