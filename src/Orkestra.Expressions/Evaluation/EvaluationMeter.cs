namespace Orkestra.Expressions.Evaluation;

/// <summary>
/// Counts what several evaluations use together, such as all JSONata expressions, paths and intrinsic functions of one state, and ends the one that passes a limit. What it
/// counts depends on the expressions and their data alone, so the same evaluations in the same order give the same counts on every machine. Not safe for use by several threads at once.
/// </summary>
/// <param name="maxSteps">How many steps the evaluations may take together. Passing it is error U1001 of JSONata.</param>
/// <param name="maxMemory">How many bytes of strings, arrays and objects they may make together, by estimate. Passing it is error U1003 of JSONata.</param>
/// <param name="isStopRequested">
/// Asked every few thousand steps: true ends the evaluation with <see cref="OperationCanceledException"/>. It must not be used for anything else than to give an execution up, as
/// it is asked at moments that differ from run to run. Null (the default) never stops.
/// </param>
public sealed class EvaluationMeter(long maxSteps, long maxMemory, Func<bool>? isStopRequested = null)
{
    /// <summary>How many steps the evaluations may take together.</summary>
    public long MaxSteps { get; } = maxSteps;

    /// <summary>How many bytes the evaluations may make together.</summary>
    public long MaxMemory { get; } = maxMemory;

    /// <summary>How many steps they have taken.</summary>
    public long Steps { get; private set; }

    /// <summary>How many bytes they have made, by estimate.</summary>
    public long Memory { get; private set; }

    /// <summary>Counts from 0 again, with the same limits.</summary>
    public void Reset()
    {
        Steps = 0;
        Memory = 0;
    }

    internal Func<bool>? IsStopRequested => isStopRequested;

    internal void Add(long steps, long memory)
    {
        Steps += steps;
        Memory += memory;
    }

    /// <summary>Counts steps and bytes; false when they are more than are left.</summary>
    internal bool TryUse(long steps, long memory)
    {
        Add(steps, memory);
        return Steps <= MaxSteps && Memory <= MaxMemory;
    }
}
