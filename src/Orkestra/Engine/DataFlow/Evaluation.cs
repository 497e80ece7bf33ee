using System.Runtime.CompilerServices;
using Orkestra.Engine.Runs;
using Orkestra.Engine.Signals;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Evaluation;
using Orkestra.Expressions.Jsonata;
using Orkestra.Expressions.Paths;

namespace Orkestra.Engine.DataFlow;

/// <summary>What a template sees while it is evaluated. Each execution has one and reuses it, as it evaluates one field at a time.</summary>
internal sealed class Evaluation(Execution execution) : IRandomness
{
    static readonly JsonShape InputShape = new(["input"]);
    static readonly JsonShape InputResultShape = new(["input", "result"]);

    /// <summary>
    /// What all expressions of one visit to a state may use together, in counts that are the same on every machine. An item of a Map has as much for its ItemSelector.
    /// Our own numbers: AWS documents none.
    /// </summary>
    const long MaxStepsPerState = 100_000_000;
    const long MaxMemoryPerState = 256_000_000;

    ContextObject? contextObject;
    EvaluationMeter? meter;
    long finishedSteps;
    SeededRandom detachedRandom;
    long detachedTicks;
    bool isDetached;

    /// <summary>The run of the state.</summary>
    internal Frame Frame { get; private set; } = null!;

    /// <summary>What <c>$</c> is in JSONPath, and <c>$states.input</c> in JSONata.</summary>
    internal JsonValue Input { get; private set; } = JsonValue.Null;

    /// <summary><c>$states.result</c>; null if the state has no result.</summary>
    internal JsonValue? Result { get; private set; }

    /// <summary><c>$states.errorOutput</c>; null unless an error is being caught.</summary>
    internal JsonValue? ErrorOutput { get; private set; }

    /// <summary>The item an ItemSelector is evaluated for; null elsewhere.</summary>
    internal JsonValue? Item { get; private set; }

    /// <summary>The index of <see cref="Item"/>.</summary>
    internal int ItemIndex { get; private set; }

    /// <summary>Where <see cref="Item"/> comes from.</summary>
    internal ItemOrigin Origin { get; private set; } = ItemOrigin.OfState;

    /// <summary>Whether the execution follows what was measured in 2026.</summary>
    internal bool IsMeasured => execution.Start.IsMeasured;

    /// <summary>The variables that the state can read.</summary>
    internal VariableScope Variables => Frame.Variables;

    // Inlined, as what is absent then needs no write barrier.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Evaluation For(Frame frame, JsonValue input, JsonValue? result = null, JsonValue? errorOutput = null)
    {
        Frame = frame;
        Input = input;
        Result = result;
        ErrorOutput = errorOutput;
        Item = null;
        isDetached = false;
        return this;
    }

    internal Evaluation ForItem(Frame frame, JsonValue input, int index, JsonValue item, ItemOrigin origin)
    {
        For(frame, input);
        BeginState();
        ItemIndex = index;
        Item = item;
        Origin = origin;
        return this;
    }

    /// <summary>As <see cref="ForItem"/>, with a time and randomness of its own: evaluating the same item later gives the same value.</summary>
    internal Evaluation ForItemAt(Frame frame, JsonValue input, int index, JsonValue item, ItemOrigin origin, long ticks, ulong seed)
    {
        ForItem(frame, input, index, item, origin);
        isDetached = true;
        detachedTicks = ticks;
        detachedRandom = new SeededRandom(seed);
        return this;
    }

    /// <summary>Counts what the expressions of the state use.</summary>
    internal EvaluationMeter Meter => meter ??= new EvaluationMeter(MaxStepsPerState, MaxMemoryPerState);

    /// <summary>How many steps expressions have taken since the last call.</summary>
    internal long TakeSteps() => meter is null ? 0 : TakeMeteredSteps();

    long TakeMeteredSteps()
    {
        BeginState();
        var taken = finishedSteps;
        finishedSteps = 0;
        return taken;
    }

    /// <summary>Another state begins, or another item: it has all that a state may use.</summary>
    internal void BeginState()
    {
        if (meter is null) return;
        finishedSteps += meter.Steps;
        meter.Reset();
    }

    /// <summary>The seed of one JSONata expression.</summary>
    internal ulong NextSeed() => Random.Next();

    /// <summary>The instant everything in the evaluation happens at.</summary>
    internal DateTimeOffset Time => new(isDetached ? detachedTicks : execution.Now, TimeSpan.Zero);

    ref SeededRandom Random
    {
        get
        {
            if (isDetached) return ref detachedRandom;
            return ref execution.Random;
        }
    }

    internal JsonObject Context() => (contextObject ??= new ContextObject(execution)).For(Frame, Item, ItemIndex, Origin);

    /// <summary>Reused by JSONata expressions, which are evaluated one at a time.</summary>
    internal JsonataBindings Bindings { get; } = [];

    /// <summary><c>$states</c>. The Context Object costs much, so that it is left out where an expression cannot read it.</summary>
    internal JsonObject States(bool withContext)
    {
        if (!withContext && ErrorOutput is null)
            return Result is null ? JsonObject.Wrap(InputShape, [Input]) : JsonObject.Wrap(InputResultShape, [Input, Result]);
        var states = new JsonObject.Builder(4).Set("input", Input);
        if (Result is not null) states.Set("result", Result);
        if (ErrorOutput is not null) states.Set("errorOutput", ErrorOutput);
        if (withContext) states.Set("context", Context());
        return states.Build();
    }

    double IRandomness.NextDouble() => Random.NextDouble();

    Guid IRandomness.NextUuid() => Random.NextGuid();

    /// <summary>What a path with this root reads.</summary>
    internal EvaluationScope ScopeOf(JsonPathRoot root) => root switch
    {
        JsonPathRoot.Data => new EvaluationScope(Input),
        JsonPathRoot.Context => new EvaluationScope(Input, Context()),
        _ => new EvaluationScope(Input, null, Variables.ToJson()),
    };
}
