namespace Orkestra.Lambda.Runtime;

/// <summary>
/// Watches one invocation's deadline. Shortly before it the token is cancelled; a step that does not heed it is answered for while
/// there is still time, because at the deadline the host kills the process and the caller learns nothing of which step it was.
/// </summary>
internal sealed class Deadline : IDisposable
{
    static readonly TimeSpan MaxMargin = TimeSpan.FromMilliseconds(500);

    readonly CancellationTokenSource _source = new();
    readonly Action<Deadline> _answer;
    readonly TimeSpan _margin;
    readonly ITimer? _timer;
    readonly Lock _lock = new();
    bool _answered;

    /// <param name="at">The host's deadline; null waits for ever.</param>
    /// <param name="time">The clock.</param>
    /// <param name="answer">Answers for a step that does not heed its token; runs at most once, on another thread.</param>
    public Deadline(DateTimeOffset? at, TimeProvider time, Action<Deadline> answer)
    {
        _answer = answer;
        if (at is not { } deadline)
            return;
        Budget = deadline - time.GetUtcNow();
        if (Budget <= TimeSpan.Zero)
        {
            _source.Cancel();
            return;
        }

        _margin = Budget / 10 < MaxMargin ? Budget / 10 : MaxMargin;
        _timer = time.CreateTimer(static state => ((Deadline)state!).Tick(), this, Wait(Budget - _margin), Timeout.InfiniteTimeSpan);
    }

    /// <summary>The time there was when the invocation came.</summary>
    public TimeSpan Budget { get; }

    public CancellationToken Token => _source.Token;

    /// <summary>Takes the right to answer; false when the step had already been answered for.</summary>
    public bool TryAnswer()
    {
        lock (_lock)
            return !_answered && (_answered = true);
    }

    /// <summary>The one sentence for a step that outlived its deadline.</summary>
    public InvocationError Error(string step) => new(
        nameof(TimeoutException),
        FormattableString.Invariant($"Step {step} was stopped at its deadline, {Budget.TotalSeconds:0.###} s after it was called; give it a longer Timeout, or less to do."));

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
        if (!_source.IsCancellationRequested)
        {
            _timer!.Change(_margin / 2, Timeout.InfiniteTimeSpan);
            _source.Cancel();
            return;
        }

        // Held while answering: the step may end now, and the next invocation must not be asked for before this one is answered.
        lock (_lock)
        {
            if (_answered)
                return;
            _answered = true;
            _answer(this);
        }
    }
}
