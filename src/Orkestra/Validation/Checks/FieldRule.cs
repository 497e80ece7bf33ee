using Orkestra.Asl;

namespace Orkestra.Validation.Checks;

/// <summary>A field an object may have.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Check">What its value is held to.</param>
/// <param name="Language">The only query language that knows it; null when both do.</param>
internal sealed record FieldRule(string Name, Action<FieldContext> Check, QueryLanguage? Language = null);
