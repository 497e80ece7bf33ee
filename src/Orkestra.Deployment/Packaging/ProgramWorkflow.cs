namespace Orkestra.Deployment.Packaging;

/// <summary>A workflow as a program names it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type, as C# writes it.</param>
internal sealed record ProgramWorkflow(string Name, string Type);
