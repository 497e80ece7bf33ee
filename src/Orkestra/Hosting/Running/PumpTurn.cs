namespace Orkestra.Hosting.Running;

/// <summary>The turn of the pumps on one thread: the outermost one begins it, and those it calls share it.</summary>
internal static class PumpTurn
{
    /// <summary>How many pumps may run inside each other on one thread, each for the one that called it. Deeper ones get a thread of the pool.</summary>
    const int MaxNesting = 8;

    [ThreadStatic]
    static int nesting;

    [ThreadStatic]
    static long ends;

    /// <summary>Whether another pump may not begin on this thread.</summary>
    internal static bool IsDeep => nesting >= MaxNesting;

    /// <summary>Whether other executions are to get the thread.</summary>
    internal static bool IsOver => Environment.TickCount64 >= ends;

    internal static void Enter(TimeSpan length)
    {
        if (nesting++ == 0) ends = Environment.TickCount64 + (long)length.TotalMilliseconds;
    }

    internal static void Leave() => nesting--;
}
