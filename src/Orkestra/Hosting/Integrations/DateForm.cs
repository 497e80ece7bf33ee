namespace Orkestra.Hosting.Integrations;

/// <summary>How the answers of integrations tell dates.</summary>
internal enum DateForm
{
    /// <summary>Optimized integrations: a number of milliseconds since 1970.</summary>
    Milliseconds,

    /// <summary>SDK integrations: text such as <c>2025-01-01T00:00:00Z</c>.</summary>
    Text,
}
