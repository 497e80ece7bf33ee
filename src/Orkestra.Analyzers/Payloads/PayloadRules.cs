using Microsoft.CodeAnalysis;

namespace Orkestra.Analyzers.Payloads;

/// <summary>What is said of payloads.</summary>
internal static class PayloadRules
{
    public static readonly DiagnosticDescriptor Lost = Rule.Warning("ORK004", "A member of a payload is lost between steps", "{0}");

    public static readonly DiagnosticDescriptor Unreadable = Rule.Warning("ORK005", "A payload type cannot be read back", "{0}");

    public static readonly DiagnosticDescriptor Task = Rule.Warning("ORK006", "A task is part of a payload or a text", "{0}");

    public static readonly DiagnosticDescriptor Enum = Rule.Info(
        "ORK007",
        "An enum travels as a number",
        "{0} travels as the number of its member, which changes when members are added or moved: give its members explicit values, or write it as text with [JsonConverter(typeof(JsonStringEnumConverter<{0}>))]");

    public static readonly DiagnosticDescriptor DateTime = Rule.Info(
        "ORK008",
        "A DateTime loses what it is relative to",
        "{0} is a DateTime, whose Kind decides what is written and is another one after reading: use DateTimeOffset (a moment), DateOnly or TimeOnly");

    public static readonly DiagnosticDescriptor TooLarge = Rule.Info(
        "ORK010", "A payload can exceed 256 KiB", "{0}: a payload holds at most 256 KiB, so store the data (in S3, for example) and pass its key");
}
