namespace Orkestra.Lambda.Runtime;

/// <summary>
/// Watches one invocation. Shortly before the host's deadline, or when the process is told to stop, the step's token is cancelled. A step that ignores its token
/// is then answered for while there is still time, because the host kills the process next and its caller would not learn which step it was.
/// </summary>
internal sealed class Deadline : IDisposable
{
    static readonly TimeSpan MaxMargin = TimeSpan.FromMilliseconds(500);

    readonly CancellationTokenSource _source = new();
    readonly Action<Deadline> _answer;
    readonly Action<Exception> _report;
    readonly TimeSpan _margin;
    readonly ITimer? _timer;
    readonly Lock _lock = new();
    bool _answered;

    /// <param name="at">The host's deadline; null for none.</param>
    /// <param name="time">The clock.</param>
    /// <param name="answer">Answers for a step that ignores its token; runs at most once, on another thread.</param>
    /// <param name="report">Takes what the step's own cancellation callbacks throw.</param>
    public Deadline(DateTimeOffset? at, TimeProvider time, Action<Deadline> answer, Action<Exception> report)
    {
        _answer = answer;
        _report = report;
        if (at is not { } deadline)
            return;
        Budget = deadline - time.GetUtcNow();
        if (Budget <= TimeSpan.Zero)
        {
            Cancel();
            return;
        }

        _margin = Budget / 10 < MaxMargin ? Budget / 10 : MaxMargin;
        _timer = time.CreateTimer(static state => ((Deadline)state!).Tick(), this, Wait(Budget - _margin), Timeout.InfiniteTimeSpan);
    }

    /// <summary>The time there was when the invocation came.</summary>
    public TimeSpan Budget { get; }

    /// <summary>Whether the process was told to stop before the deadline came.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Cancelled when the step should end.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Takes the right to answer; false when the step had already been answered for.</summary>
    public bool TryAnswer()
    {
        lock (_lock)
            return !_answered && (_answered = true);
    }

    /// <summary>The answer for a step that was cancelled.</summary>
    public InvocationError Error(string step) => IsStopped
        ? new("Runtime.ExitError", $"Step {step} was stopped because its process was told to end.")
        : Budget <= TimeSpan.Zero ? new(nameof(TimeoutException), $"Step {step} was called after its deadline.")
        : new(
            nameof(TimeoutException),
            FormattableString.Invariant($"Step {step} was stopped at its deadline, {Budget.TotalSeconds:0.###} s after it was called; give it a longer Timeout, or less to do."));

    /// <summary>Asks the step to end, as its process has to.</summary>
    public void Stop()
    {
        if (_source.IsCancellationRequested)
            return;
        IsStopped = true;
        Cancel();
    }

    /// <summary>Answers for the step, unless it was answered for already.</summary>
    /// <param name="isStopping">Whether the process has to end.</param>
    public void AnswerFor(bool isStopping)
    {
        if (isStopping && !_source.IsCancellationRequested)
            IsStopped = true;
        // Held while answering: the step may end now, and the next invocation must not be asked for before this one is answered.
        lock (_lock)
        {
            if (_answered)
                return;
            _answered = true;
            _answer(this);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer?.Dispose();
        _source.Dispose();
    }

    // A timer takes 49 days at most; no function lives that long, but a test's deadline may.
    static TimeSpan Wait(TimeSpan time) => time < TimeSpan.FromDays(40) ? time : TimeSpan.FromDays(40);

    void Tick()
    {
        if (_source.IsCancellationRequested)
        {
            AnswerFor(isStopping: false);
            return;
        }

        _timer!.Change(_margin / 2, Timeout.InfiniteTimeSpan);
        Cancel();
    }

    // Runs what the step registered with its token. There is no caller above a timer: what escapes here would end the process.
    void Cancel()
    {
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The step ended meanwhile.
        }
#pragma warning disable CA1031 // A callback of the step may throw anything.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _report(exception);
        }
    }
}
