using Xunit;

namespace Orkestra.Lambda.Tests;

/// <summary>Meters and activity sources are the process's, so tests that listen to them run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class TelemetryCollection
{
    public const string Name = "telemetry";
}
