namespace Orkestra.Tests.Authoring;

public sealed record Item(string Name, decimal? Price);
