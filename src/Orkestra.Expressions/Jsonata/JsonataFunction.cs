using Orkestra.Expressions.Data;

namespace Orkestra.Expressions.Jsonata;

/// <summary>A function of the host that expressions may call; see <see cref="JsonataBindings.SetFunction"/>.</summary>
/// <param name="arguments">The arguments as they were given; null where one is undefined.</param>
/// <returns>The result, or null for undefined.</returns>
public delegate JsonValue? JsonataFunction(ReadOnlySpan<JsonValue?> arguments);
