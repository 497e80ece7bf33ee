using Amazon.CDK.AWS.Lambda;
using Orkestra.Deployment.Packaging;

namespace Orkestra.Cdk.Packaging;

/// <summary>A published program and the asset of one of its functions.</summary>
internal sealed record FunctionCode(PublishedProgram Program, Code Asset, bool IsChecked);
