namespace Orkestra.Expressions.Tests.Suites;

/// <summary>The cases of the reference's suite that are not expected to pass, each with its reason.</summary>
internal static class Exclusions
{
    /// <summary>Cases that will pass one day.</summary>
    internal static IReadOnlyDictionary<string, string> Temporary { get; } = new Dictionary<string, string>
    {
    };

    /// <summary>Cases that never will.</summary>
    internal static IReadOnlyDictionary<string, string> Permanent { get; } = new Dictionary<string, string>
    {
    };
}
