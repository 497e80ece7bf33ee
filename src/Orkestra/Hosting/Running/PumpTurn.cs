namespace Orkestra.Hosting.Running;

/// <summary>The turn of the pumps on one thread: the outermost one begins it, and those it calls share it.</summary>
internal static class PumpTurn
{
    /// <summary>How many pumps may run inside each other on one thread, each for the one that called it. Deeper ones get a thread of the pool.</summary>
    const int MaxNesting = 8;

    [ThreadStatic]
    static int nesting;

    [ThreadStatic]
    static long length;

    // 0 until the turn begins.
    [ThreadStatic]
    static long ends;

    /// <summary>Whether another pump may not begin on this thread.</summary>
    internal static bool IsDeep => nesting >= MaxNesting;

    /// <summary>Whether other executions are to get the thread. The turn begins when this is first asked: most executions end before that, and reading the time costs as much as a state.</summary>
    internal static bool IsOver
    {
        get
        {
            var now = Environment.TickCount64;
            if (ends == 0) ends = now + length;
            return now >= ends;
        }
    }

    internal static void Enter(TimeSpan turn)
    {
        if (nesting++ > 0) return;
        length = turn.Ticks / TimeSpan.TicksPerMillisecond;
        ends = 0;
    }

    internal static void Leave() => nesting--;
}
