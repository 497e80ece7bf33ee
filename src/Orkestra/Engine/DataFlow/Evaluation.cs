using Orkestra.Engine.Nodes;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Evaluation;
using Orkestra.Expressions.Jsonata;
using Orkestra.Expressions.Paths;

namespace Orkestra.Engine.DataFlow;

/// <summary>What a template may see while it is evaluated. One an execution, reused: an execution evaluates one field at a time.</summary>
internal sealed class Evaluation(Execution execution) : IRandomness
{
    static readonly JsonShape InputShape = new(["input"]);
    static readonly JsonShape InputResultShape = new(["input", "result"]);

    static readonly JsonShape MapShape = new(["Item"]);
    static readonly JsonShape ItemShape = new(["Index", "Value"]);
    static readonly JsonShape TaskShape = new(["Token"]);
    static readonly JsonShape StateShape = new(["EnteredTime", "Name"]);
    static readonly JsonShape FallibleShape = new(["EnteredTime", "Name", "RetryCount"]);

    internal Execution Execution => execution;

    /// <summary>The run of the state.</summary>
    internal Frame Frame { get; private set; } = null!;

    /// <summary>What <c>$</c> is in JSONPath, and <c>$states.input</c> in JSONata.</summary>
    internal JsonValue Input { get; private set; } = JsonValue.Null;

    /// <summary><c>$states.result</c>; null where there is none.</summary>
    internal JsonValue? Result { get; private set; }

    /// <summary><c>$states.errorOutput</c>; null where there is none.</summary>
    internal JsonValue? ErrorOutput { get; private set; }

    /// <summary>The item an ItemSelector is evaluated for; null elsewhere.</summary>
    internal JsonValue? Item { get; private set; }

    /// <summary>The index of <see cref="Item"/>.</summary>
    internal int ItemIndex { get; private set; }

    /// <summary>The variables the state sees.</summary>
    internal VariableScope Variables => Frame.Variables;

    internal Evaluation For(Frame frame, JsonValue input, JsonValue? result = null, JsonValue? errorOutput = null)
    {
        Frame = frame;
        Input = input;
        Result = result;
        ErrorOutput = errorOutput;
        Item = null;
        return this;
    }

    internal Evaluation ForItem(Frame frame, JsonValue input, int index, JsonValue item)
    {
        For(frame, input);
        ItemIndex = index;
        Item = item;
        return this;
    }

    /// <summary>The seed of one JSONata expression.</summary>
    internal ulong NextSeed() => execution.Random.Next();

    /// <summary>The instant everything in the evaluation happens at.</summary>
    internal DateTimeOffset Time => new(execution.Now, TimeSpan.Zero);

    /// <summary>Reused by JSONata expressions, which are evaluated one at a time.</summary>
    internal JsonataBindings Bindings { get; } = [];

    /// <summary><c>$states</c>. The Context Object costs much, so that it is left out where an expression cannot read it.</summary>
    internal JsonObject States(bool withContext)
    {
        if (!withContext && ErrorOutput is null)
            return Result is null ? new JsonObject(InputShape, [Input]) : new JsonObject(InputResultShape, [Input, Result]);
        var states = new JsonObject.Builder(4).Set("input", Input);
        if (Result is not null) states.Set("result", Result);
        if (ErrorOutput is not null) states.Set("errorOutput", ErrorOutput);
        if (withContext) states.Set("context", Context());
        return states.Build();
    }

    double IRandomness.NextDouble() => execution.Random.NextDouble();

    Guid IRandomness.NextUuid() => execution.Random.NextGuid();

    /// <summary>What a path with this root reads.</summary>
    internal EvaluationScope ScopeOf(JsonPathRoot root) => root switch
    {
        JsonPathRoot.Data => new EvaluationScope(Input),
        JsonPathRoot.Context => new EvaluationScope(Input, Context()),
        _ => new EvaluationScope(Input, null, Variables.ToJson()),
    };

    /// <summary>The Context Object (https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html).</summary>
    internal JsonObject Context()
    {
        if (execution.GivenContext is { } given) return CurrentItem() is { } selected ? given.With("Map", new JsonObject(MapShape, [selected])) : given;
        var context = new JsonObject.Builder(5);
        context.Set("Execution", execution.ContextOfExecution);
        context.Set("StateMachine", execution.ContextOfMachine);
        var entered = Timestamps.ToJson(Frame.EnteredAt);
        context.Set("State", Frame.State is FallibleNode
            ? new JsonObject(FallibleShape, [entered, JsonString.Create(Frame.State.Name), JsonNumber.Create(Frame.RetryCount)])
            : new JsonObject(StateShape, [entered, JsonString.Create(Frame.State.Name)]));
        if (execution.TokenOf(Frame) is { } token) context.Set("Task", new JsonObject(TaskShape, [token]));
        if (CurrentItem() is { } item) context.Set("Map", new JsonObject(MapShape, [item]));
        return context.Build();
    }

    // The nearest Map around: the one whose items are being selected, or the one this frame is an iteration of.
    JsonObject? CurrentItem()
    {
        if (Item is not null) return new JsonObject(ItemShape, [JsonNumber.Create(ItemIndex), Item]);
        for (var frame = Frame; frame is not null; frame = frame.Parent)
        {
            if (frame.Item is { } item) return new JsonObject(ItemShape, [JsonNumber.Create(frame.Index), item]);
        }

        return execution.ContextOfItem;
    }
}
