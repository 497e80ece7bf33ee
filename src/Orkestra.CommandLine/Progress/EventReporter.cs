using Orkestra.Engine;

namespace Orkestra.CommandLine.Progress;

/// <summary>Writes events as they are in the history, one JSON object a line.</summary>
internal sealed class EventReporter(TextWriter to) : IRunReporter
{
    public void OnEvent(HistoryEvent happened) => to.WriteLine(happened.ToJson().ToJson());

    public void Dispose()
    {
    }
}
