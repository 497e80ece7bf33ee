using Amazon.CDK;
using Orkestra.Cdk;

var app = new App();
app.UseFunctions(new FunctionPackage("../MapJob"));
_ = new MapJobStack(app, "MapJob");
app.Synth();
