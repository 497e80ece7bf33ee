namespace Orkestra.Extensions.Hosting.Tests;

/// <summary>Holds steps until a test lets them go, and counts them.</summary>
public sealed class Gate
{
    readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int calls;

    public int Calls => Volatile.Read(ref calls);

    /// <summary>Ends when the first step has come.</summary>
    public Task Entered => entered.Task;

    /// <summary>The token of the last step that came.</summary>
    public CancellationToken StepToken { get; private set; }

    public void Open() => opened.TrySetResult();

    public Task PassAsync(CancellationToken stepToken)
    {
        StepToken = stepToken;
        Interlocked.Increment(ref calls);
        entered.TrySetResult();
        return opened.Task;
    }
}
