"""What a build means: stages, variables, images, commands, installs and the build context."""
