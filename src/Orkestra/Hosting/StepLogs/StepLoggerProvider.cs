using Microsoft.Extensions.Logging;

namespace Orkestra.Hosting.StepLogs;

/// <summary>
/// Keeps what is logged inside steps (<see cref="OrkestraOptions.StepLogs"/>), whichever logger writes it; what is logged elsewhere is left to other providers. AddOrkestra adds
/// it to a host. Add it to the logging of other containers whose loggers steps use.
/// </summary>
public sealed class StepLoggerProvider : ILoggerProvider
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new StepLogger(categoryName, null);

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
