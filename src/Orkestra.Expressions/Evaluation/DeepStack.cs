using System.Runtime.ExceptionServices;

namespace Orkestra.Expressions.Evaluation;

/// <summary>
/// Runs work again on a thread with a large stack when the thread of the caller has none left. How deep values and expressions may nest is thus decided by limits that are counted, not by
/// how large the stack of the calling thread happens to be.
/// </summary>
internal static class DeepStack
{
    const int Size = 256 << 20;

    [ThreadStatic]
    static bool isCurrent;

    /// <summary>Whether this thread has the large stack already.</summary>
    internal static bool IsCurrent => isCurrent;

    /// <summary>Runs work on a thread with a large stack and waits for it. What the work throws is thrown here.</summary>
    internal static T Run<T>(Func<T> work)
    {
        var result = default(T)!;
        ExceptionDispatchInfo? problem = null;
        var thread = new Thread(
            () =>
            {
                isCurrent = true;
                try
                {
                    result = work();
                }
                catch (Exception thrown)
                {
                    problem = ExceptionDispatchInfo.Capture(thrown);
                }
            },
            Size)
        { IsBackground = true, Name = "Orkestra deep evaluation" };
        thread.Start();
        thread.Join();
        problem?.Throw();
        return result;
    }
}
