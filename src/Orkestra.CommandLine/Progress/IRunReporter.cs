using Orkestra.Engine;

namespace Orkestra.CommandLine.Progress;

/// <summary>Shows a run while it goes on.</summary>
internal interface IRunReporter : IDisposable
{
    /// <summary>Something happened. Called by one thread at a time.</summary>
    void OnEvent(HistoryEvent happened);
}
