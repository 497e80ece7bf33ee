using System.Runtime.CompilerServices;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Functions;

namespace Orkestra.Expressions.Jsonata.Runtime;

/// <summary>One evaluation: its limits and what is left of them, its view of the world, and the stack its sequences grow on.</summary>
internal sealed class Run
{
    const int StepsBetweenChecks = 8192;

    JsonataLimits limits = JsonataLimits.Default;
    long stepsLeft;
    long memoryLeft;
    int fuel;
    long started;
    JsonValue?[] tailArguments = new JsonValue?[4];
    int tailCount;
    FunctionValue? tailFunction;
    CallSite tailSite;
    SplitMix? random;
    DateTimeOffset? time;

    /// <summary>Values on their way into a sequence or a call; see <see cref="Push(JsonValue)"/>.</summary>
    internal JsonValue?[] Stack = new JsonValue?[64];

    internal int Top;

    internal JsonataBindings? Bindings { get; private set; }

    internal JsonValue? Root { get; private set; }

    internal JsonataDialect Dialect { get; private set; }

    internal JsonataLimits Limits => limits;

    /// <summary>Whether the caller's bindings hide a built-in function.</summary>
    internal bool ShadowsBuiltins { get; private set; }

    /// <summary>The frame of the last call, which <c>$eval</c> evaluates in.</summary>
    internal Frame? Caller;

    /// <summary>How many parts of expressions the code that runs now is nested in.</summary>
    internal int Depth;

    internal SplitMix Random => random ??= new SplitMix(Bindings?.Seed ?? SplitMix.NewSeed());

    internal DateTimeOffset Time => time ??= Bindings?.Time ?? TimeProvider.System.GetUtcNow();

    internal void Begin(JsonValue? root, JsonataBindings? bindings, JsonataLimits limitsGiven, JsonataDialect dialect)
    {
        Root = root;
        Bindings = bindings;
        ShadowsBuiltins = bindings?.ShadowsBuiltins ?? false;
        Dialect = dialect;
        limits = limitsGiven;
        fuel = (int)Math.Min(StepsBetweenChecks, limits.MaxSteps);
        stepsLeft = limits.MaxSteps - fuel;
        memoryLeft = limits.MaxMemory;
        started = limits.Timeout is null ? 0 : limits.Clock.GetTimestamp();
        Depth = 0;
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
        if (Stack.Length > 1 << 16) Stack = new JsonValue?[64];
    }

    /// <summary>Counts a step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Step()
    {
        if (--fuel < 0) Refuel();
    }

    /// <summary>Counts many steps.</summary>
    internal void Step(int count)
    {
        fuel -= count;
        if (fuel < 0) Refuel();
    }

    /// <summary>Counts bytes that are about to be allocated.</summary>
    internal void Charge(long bytes)
    {
        memoryLeft -= bytes;
        if (memoryLeft < 0) throw new JsonataException("U1003", value: limits.MaxMemory);
    }

    /// <summary>Refuses a text that is longer than the memory left.</summary>
    internal void CheckText(long length)
    {
        if (length * 2 > memoryLeft) throw new JsonataException("U1003", value: limits.MaxMemory);
    }

    /// <summary>Refuses a sequence that is too long and counts its memory.</summary>
    internal void ChargeSequence(long length)
    {
        if (length > limits.MaxSequenceLength) throw new JsonataException("D2015", value: limits.MaxSequenceLength);
        Charge(length * 8);
    }

    /// <summary>Refuses to go deeper than the limit or the stack allows.</summary>
    internal void CheckDepth(int more)
    {
        if (Depth + more > limits.MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw new JsonataException("D1011");
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Push(JsonValue? value)
    {
        var at = Top;
        var stack = Stack;
        if ((uint)at < (uint)stack.Length)
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
        if (Top + values.Length > Stack.Length) Grow(Top + values.Length);
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
        if (Top == start) return Values.EmptySequence;
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

    void Grow(int needed)
    {
        if (needed > limits.MaxSequenceLength * 4L) throw new JsonataException("D2015", value: limits.MaxSequenceLength);
        var size = (int)Math.Min(Math.Max(needed, Stack.Length * 2L), Array.MaxLength);
        Charge(size * 8L);
        Array.Resize(ref Stack, size);
    }

    void Refuel()
    {
        if (fuel < 0)
        {
            stepsLeft += fuel;
            fuel = 0;
            if (stepsLeft < 0) throw new JsonataException("U1001", value: limits.MaxSteps);
        }

        if (limits.Timeout is { } timeout && limits.Clock.GetElapsedTime(started) > timeout)
            throw new JsonataException("D1012", value: timeout.TotalMilliseconds);
        fuel = (int)Math.Min(StepsBetweenChecks, stepsLeft);
        stepsLeft -= fuel;
    }
}
