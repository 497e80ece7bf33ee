using System.Globalization;
using System.Runtime.CompilerServices;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Evaluation;
using Orkestra.Expressions.Jsonata.Functions;
using Orkestra.Expressions.Patterns;

namespace Orkestra.Expressions.Jsonata.Runtime;

/// <summary>One evaluation: its limits and what is left of them, its view of the world, and the stack its sequences grow on.</summary>
internal sealed class Run : IWorkMeter
{
    const int StepsBetweenChecks = 8192;
    const int FirstStack = 64;

    /// <summary>How deep a value may nest that is walked through or leaves an evaluation.</summary>
    internal const int DeepestValue = JsonWriter.MaxDepth;

    JsonataLimits limits = JsonataLimits.Default;
    EvaluationMeter? meter;
    long maxSteps;
    long maxMemory;
    long stepsLeft;
    long memoryLeft;
    int fuel;
    int nest;
    int capacity;
    JsonValue?[] tailArguments = new JsonValue?[4];
    int tailCount;
    FunctionValue? tailFunction;
    CallSite tailSite;
    SplitMix? random;
    DateTimeOffset? time;

    /// <summary>Values on their way into a sequence or a call; see <see cref="Push(JsonValue)"/>.</summary>
    internal JsonValue?[] Stack = new JsonValue?[FirstStack];

    internal int Top;

    internal JsonataBindings? Bindings { get; private set; }

    internal JsonValue? Root { get; private set; }

    internal JsonataDialect Dialect { get; private set; }

    internal JsonataLimits Limits => limits;

    /// <summary>Whether the caller's bindings hide a built-in function.</summary>
    internal bool ShadowsBuiltins { get; private set; }

    /// <summary>The frame of the last call, which <c>$eval</c> evaluates in.</summary>
    internal VariableFrame? Caller;

    /// <summary>How many parts of expressions the code that runs now is nested in.</summary>
    internal int Depth;

    internal SplitMix Random => random ??= new SplitMix(Bindings?.Seed ?? SplitMix.NewSeed());

    internal DateTimeOffset Time => time ??= Bindings?.Time ?? TimeProvider.System.GetUtcNow();

    /// <summary>How many steps were taken.</summary>
    internal long StepsTaken => maxSteps - stepsLeft - fuel;

    internal void Begin(JsonValue? root, JsonataBindings? bindings, JsonataLimits limitsGiven, JsonataDialect dialect, EvaluationMeter? meterGiven)
    {
        Root = root;
        Bindings = bindings;
        ShadowsBuiltins = bindings?.ShadowsBuiltins ?? false;
        Dialect = dialect;
        limits = limitsGiven;
        meter = meterGiven;
        maxSteps = meter is null ? limits.MaxSteps : Math.Clamp(meter.MaxSteps - meter.Steps, 0, limits.MaxSteps);
        maxMemory = meter is null ? limits.MaxMemory : Math.Clamp(meter.MaxMemory - meter.Memory, 0, limits.MaxMemory);
        fuel = (int)Math.Min(StepsBetweenChecks, maxSteps);
        stepsLeft = maxSteps - fuel;
        memoryLeft = maxMemory;
        Depth = 0;
        nest = 0;
        capacity = FirstStack;
        Top = 0;
        random = null;
        time = null;
    }

    /// <summary>Lets go of every value, so that this can serve another evaluation.</summary>
    internal void End()
    {
        Array.Clear(Stack);
        if (tailFunction is not null) Array.Clear(tailArguments);
        tailFunction = null;
        Root = null;
        Bindings = null;
        Caller = null;
        meter = null;
        if (Stack.Length > 1 << 16) Stack = new JsonValue?[FirstStack];
    }

    /// <summary>Tells the meter what this evaluation has used.</summary>
    internal void Settle() => meter?.Add(StepsTaken, maxMemory - memoryLeft);

    /// <summary>Counts a step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Step()
    {
        if (--fuel < 0) Refuel();
    }

    /// <summary>Counts many steps.</summary>
    public void Step(int count)
    {
        fuel -= count;
        if (fuel < 0) Refuel();
    }

    /// <summary>Counts the steps of looking at every character of a text.</summary>
    internal void StepText(int length)
    {
        if (length >= 16) Step(length >> 4);
    }

    /// <summary>Counts bytes that are about to be allocated.</summary>
    internal void Charge(long bytes)
    {
        memoryLeft -= bytes;
        if (memoryLeft < 0) ThrowOutOfMemory();
    }

    /// <summary>Counts a text that is about to be made, and refuses one that is too long.</summary>
    internal void ChargeText(long length)
    {
        if (length > limits.MaxTextLength) ThrowOutOfMemory();
        Charge(48 + (length * 2));
    }

    /// <summary>Refuses a text that is longer than the memory left.</summary>
    internal void CheckText(long length)
    {
        if (length * 2 > memoryLeft) ThrowOutOfMemory();
    }

    /// <summary>Refuses bytes that are needed for a while when there are not so many left.</summary>
    public void CheckScratch(long bytes)
    {
        if (bytes > memoryLeft) ThrowOutOfMemory();
    }

    /// <summary>Refuses a sequence that is too long and counts its memory.</summary>
    internal void ChargeSequence(long length)
    {
        if (length > limits.MaxSequenceLength) ThrowTooLong();
        Charge(length * 8);
    }

    /// <summary>Refuses to go deeper than the limit. Where the thread's stack ends first, the evaluation is started over on a larger one.</summary>
    internal void CheckDepth(int more)
    {
        if (Depth + more > limits.MaxDepth) ThrowTooDeep(limits.MaxDepth);
        RuntimeHelpers.EnsureSufficientExecutionStack();
    }

    /// <summary>Goes into a value that holds values; <see cref="Leave"/> comes out of it.</summary>
    internal void Enter()
    {
        Step();
        if (++nest > DeepestValue) ThrowTooDeep(DeepestValue);
        RuntimeHelpers.EnsureSufficientExecutionStack();
    }

    internal void Leave() => nest--;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Push(JsonValue? value)
    {
        var at = Top;
        var stack = Stack;
        if ((uint)at < (uint)capacity)
        {
            stack[at] = value;
            Top = at + 1;
        }
        else
        {
            PushSlow(value);
        }
    }

    internal void Push(ReadOnlySpan<JsonValue?> values)
    {
        Step(values.Length);
        if (Top + values.Length > capacity) Grow(Top + values.Length);
        values.CopyTo(Stack.AsSpan(Top));
        Top += values.Length;
    }

    /// <summary>The values above <paramref name="start"/>, taken off the stack.</summary>
    internal JsonValue?[] Pop(int start)
    {
        var values = new ReadOnlySpan<JsonValue?>(Stack, start, Top - start);
        ChargeSequence(values.Length);
        Top = start;
        return values.ToArray();
    }

    /// <summary>The values above <paramref name="start"/> as a sequence, taken off the stack.</summary>
    internal Sequence PopSequence(int start)
    {
        if (Top == start) return ValueOps.EmptySequence;
        var items = Pop(start);
        return new Sequence(items, items.Length);
    }

    internal TailCall SetTailCall(FunctionValue function, int start, CallSite site)
    {
        tailFunction = function;
        tailSite = site;
        tailCount = Top - start;
        if (tailCount > tailArguments.Length) tailArguments = new JsonValue?[tailCount * 2];
        Array.Copy(Stack, start, tailArguments, 0, tailCount);
        Top = start;
        return TailCall.Pending;
    }

    /// <summary>The pending call. Its arguments are only good until the next tail call, so any but a lambda, which binds them at once, gets a copy.</summary>
    internal FunctionValue TakeTailCall(out ReadOnlySpan<JsonValue?> arguments, out CallSite site)
    {
        site = tailSite;
        arguments = tailArguments.AsSpan(0, tailCount);
        if (tailFunction is not LambdaFunction) arguments = arguments.ToArray();
        return tailFunction!;
    }

    void PushSlow(JsonValue? value)
    {
        Grow(Top + 1);
        Stack[Top++] = value;
    }

    // The stack serves one evaluation after the other. How large it is already must not count, so each evaluation has a capacity of its own.
    void Grow(int needed)
    {
        if (needed > limits.MaxSequenceLength * 4L) ThrowTooLong();
        capacity = (int)Math.Min(Math.Max(needed, capacity * 2L), Array.MaxLength);
        CheckScratch(needed * 8L);
        if (Stack.Length < capacity) Array.Resize(ref Stack, capacity);
    }

    void Refuel()
    {
        stepsLeft += fuel;
        fuel = 0;
        if (stepsLeft < 0) ThrowTooManySteps();
        if (meter?.IsStopRequested is { } isStopRequested && isStopRequested()) throw new OperationCanceledException("The evaluation was stopped.");
        fuel = (int)Math.Min(StepsBetweenChecks, stepsLeft);
        stepsLeft -= fuel;
    }

    // The words of AWS Step Functions are those of its evaluator, which names no codes for limits.
    void ThrowTooManySteps() => throw (Dialect == JsonataDialect.StepFunctions ? new JsonataException("U1001", "Expression evaluation timeout: Check for infinite loop")
        : new JsonataException("U1001", value: meter is not null && maxSteps < limits.MaxSteps ? meter.MaxSteps : limits.MaxSteps));

    void ThrowOutOfMemory() => throw (Dialect == JsonataDialect.StepFunctions ? new JsonataException("U1003", "Expression evaluation memory limit exceeded")
        : new JsonataException("U1003", value: meter is not null && maxMemory < limits.MaxMemory ? meter.MaxMemory : limits.MaxMemory));

    void ThrowTooLong()
    {
        if (Dialect == JsonataDialect.StepFunctions) ThrowOutOfMemory();
        throw new JsonataException("D2015", value: limits.MaxSequenceLength);
    }

    void ThrowTooDeep(int most) => throw (Dialect == JsonataDialect.StepFunctions
        ? new JsonataException("U1011", string.Create(CultureInfo.InvariantCulture, $"Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive. Depth={most + 1} max={most}"))
        : new JsonataException("D1011"));
}
