using Microsoft.Extensions.Logging;
using Orkestra.Authoring;

namespace Orkestra.Cli.Tests;

/// <summary>A workflow whose step logs.</summary>
public sealed partial class Telling : Workflow<string, string>
{
    static readonly Step<string, string> Tell = new((text, context) =>
    {
        var told = $"Tells {text}\nin 2 lines";
        LogText(context.Logger, LogLevel.Information, told);
        LogText(context.Logger, LogLevel.Error, "Fails to be short");
        return text;
    });

    public override Flow<string, string> Define() => Tell;

    [LoggerMessage(Message = "{Text}")]
    static partial void LogText(ILogger logger, LogLevel level, string text);
}
