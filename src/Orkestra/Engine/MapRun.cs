namespace Orkestra.Engine;

/// <summary>The child executions of a distributed Map that are under way.</summary>
internal sealed class MapRun
{
}
