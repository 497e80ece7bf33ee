using Orkestra.Authoring;

namespace Orkestra.Lambda.HostileProgram;

/// <summary>Steps that hold their thread, ignore their token, or throw where no caller can catch it.</summary>
public static class Hostile
{
    /// <summary>Never returns and never looks at its token.</summary>
    public static readonly Step<Nothing, string> Hang = new(_ =>
    {
        Begin();
        Thread.Sleep(Timeout.Infinite);
        return "";
    });

    /// <summary>Never returns, and neither does what it registered with its token.</summary>
    public static readonly Step<Nothing, string> HangInCallback = new((_, context) =>
    {
        context.CancellationToken.Register(static () => Thread.Sleep(Timeout.Infinite));
        Begin();
        Thread.Sleep(Timeout.Infinite);
        return "";
    });

    /// <summary>Waits until its token is cancelled.</summary>
    public static readonly Step<Nothing, string> WaitForToken = new(async (_, context) =>
    {
        Begin();
        await Task.Delay(Timeout.Infinite, context.CancellationToken);
        return "";
    });

    /// <summary>Returns, and leaves a thread behind that keeps the process alive.</summary>
    public static readonly Step<Nothing, string> LeaveThread = new(_ =>
    {
        new Thread(static () => Thread.Sleep(Timeout.Infinite)).Start();
        return "left";
    });

    /// <summary>Throws on a thread of its own.</summary>
    public static readonly Step<Nothing, string> ThrowElsewhere = new(_ =>
    {
        new Thread(static () => throw new InvalidOperationException("on another thread")).Start();
        Thread.Sleep(Timeout.Infinite);
        return "";
    });

    // Tells the test that the step runs.
    static void Begin() => Console.Error.WriteLine("begun");
}
